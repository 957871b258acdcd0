import { AppError } from '@portillon/kernel';

/** A string of structured fields (RFC 9651, 3.3.3), or the same without quotes, as many clients send it. */
const QUOTED = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,128})"$/;
const BARE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{1,128}$/;

/** Returns the key of the header, or nothing. @throws AppError `idempotency-key.malformed` */
export function idempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header !== 'string') throw new AppError('idempotency-key.malformed');
  const text = header.trim();
  const quoted = QUOTED.exec(text)?.[1];
  if (quoted !== undefined) return quoted.replace(/\\(.)/g, '$1');
  if (BARE.test(text)) return text;
  throw new AppError('idempotency-key.malformed');
}
