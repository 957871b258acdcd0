import { KeyObject, verify } from 'node:crypto';
import type { webcrypto } from 'node:crypto';
import { errors } from 'jose';

const LEAST_BITS = 2_048;
/** Each key of PSC is made ours once. */
const known = new WeakMap<webcrypto.CryptoKey, KeyObject>();

/**
 * Verifies RS256 (RFC 7518, 3.3) at once: WebCrypto hands each signature to a thread, which costs three times what the
 * verification does (docs/adr/0017).
 *
 * @throws JWSInvalid, JWSSignatureVerificationFailed when this key did not sign these very bytes.
 */
export function requireSignature(token: string, key: webcrypto.CryptoKey): void {
  const [header, payload, signature, ...more] = token.split('.');
  const bytes = Buffer.from(signature ?? '', 'base64url');
  // Decoding overlooks what is not Base64: one token must not have two spellings.
  if (more.length > 0 || bytes.toString('base64url') !== signature) throw new errors.JWSInvalid();
  if (!verify('sha256', Buffer.from(`${header}.${payload}`), keyOf(key), bytes))
    throw new errors.JWSSignatureVerificationFailed();
}

function keyOf(key: webcrypto.CryptoKey): KeyObject {
  const ours = known.get(key) ?? KeyObject.from(key);
  known.set(key, ours);
  if (ours.asymmetricKeyType !== 'rsa' || (ours.asymmetricKeyDetails?.modulusLength ?? 0) < LEAST_BITS)
    throw new errors.JOSENotSupported('PSC’s key is no RSA key of 2048 bits or more');
  return ours;
}
