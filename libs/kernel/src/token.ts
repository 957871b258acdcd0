import { createHash, timingSafeEqual } from 'node:crypto';
import type { Random } from './random';

/** A token in two parts: the holder keeps `value`, the database keeps `id` and `secretDigest`. */
export interface IssuedToken {
  id: string;
  /** `id.secret`: given once to its holder, stored nowhere. */
  value: string;
  /** SHA-256 of the secret, hexadecimal. A plain hash is enough: the secret has 256 bits (NIST SP 800-63B-4, 5.1.2). */
  secretDigest: string;
}

export interface ParsedToken {
  id: string;
  secret: string;
}

const SECRET_BYTES = 32;
const TOKEN_TEXT = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

/** A new token with a 256-bit secret. */
export function issueToken(random: Random, id = random.id()): IssuedToken {
  const secret = random.bytes(SECRET_BYTES).toString('base64url');
  return { id, value: `${id}.${secret}`, secretDigest: digestSecret(secret) };
}

/** Splits a token into its two halves. Returns nothing for a text that is not a token: forged, truncated, doubled. */
export function parseToken(value: string | undefined): ParsedToken | undefined {
  const match = value === undefined ? null : TOKEN_TEXT.exec(value);
  return match ? { id: match[1]!, secret: match[2]! } : undefined;
}

/** Whether `secret` is the one whose digest was stored. Constant-time. */
export function secretMatches(secret: string, secretDigest: string | null): boolean {
  if (!secretDigest) return false;
  return timingSafeEqual(
    Buffer.from(digestSecret(secret)),
    Buffer.from(secretDigest.padEnd(64).slice(0, 64)),
  );
}

/** Whether a header contains the secret of a setting. Constant-time, whatever the lengths. */
export function isSameSecret(given: string | string[] | undefined, secret: string): boolean {
  return typeof given === 'string' && secretMatches(given, digestSecret(secret));
}

/** The stored form of a secret of 256 bits. */
export function digestSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
