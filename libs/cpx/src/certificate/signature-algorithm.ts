import { KeyObject, verify } from 'node:crypto';

/** Accepted signatures: SHA-2 with RSA or ECDSA (RGS B1). SHA-1 and MD5 can be forged. */
const HASHES: Record<string, string> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};
const LEAST_RSA_BITS = 2_048;

export function isStrong(algorithm: string, key: KeyObject): boolean {
  const { modulusLength } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa' && (modulusLength ?? 0) < LEAST_RSA_BITS) return false;
  return algorithm in HASHES && (key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'ec');
}

/** Whether `key` signed `bytes`, with an algorithm that still proves something. */
export function isSignedBy(
  key: KeyObject,
  algorithm: string,
  bytes: ArrayBuffer | Uint8Array,
  signature: ArrayBuffer,
): boolean {
  const hash = HASHES[algorithm];
  if (!hash || !isStrong(algorithm, key)) return false;
  return verify(hash, new Uint8Array(bytes), key, Buffer.from(signature));
}
