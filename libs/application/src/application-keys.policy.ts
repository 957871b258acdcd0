import { createPublicKey, type JsonWebKey } from 'node:crypto';
import type { PublicJwks } from './application.types';

/** Private members of a key (RFC 7518, 6.2.2, 6.3.2 and 6.4). */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const MOST_KEYS = 10;
const FEWEST_RSA_BITS = 2_048;

/** Returns the fault of `jwks`; nothing when all its keys are public and strong enough. */
export function keySetFault({ keys }: PublicJwks): 'private-key' | 'keys-invalid' | undefined {
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > MOST_KEYS) return 'keys-invalid';
  if (keys.some((key) => PRIVATE.some((member) => member in key))) return 'private-key';
  return keys.every(isStrong) ? undefined : 'keys-invalid';
}

/** Whether `text` is a valid answer of the URL of an application's keys. */
export function isPublicKeySet(text: string): boolean {
  try {
    return keySetFault(JSON.parse(text) as PublicJwks) === undefined;
  } catch {
    return false;
  }
}

function isStrong(key: object): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({
      key: key as JsonWebKey,
      format: 'jwk',
    });
    return asymmetricKeyType !== 'rsa' || asymmetricKeyDetails!.modulusLength! >= FEWEST_RSA_BITS;
  } catch {
    return false;
  }
}
