/** Crockford's base32: no I, L, O or U, so that a code that is read aloud or copied by hand has one spelling. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS = 5n;
const BYTE = 8n;
const GROUP = /.{4}(?=.)/g;
/** Separators that people and word processors put between the groups: spaces, and characters that look like a hyphen. */
const BETWEEN = /[\s\u00a0\u202f\u2010-\u2015\u2212-]/g;

/** Formats bytes as `7ZQK-0M4T-…`. Five bytes make eight letters. */
export function writeRecoveryCode(bytes: Buffer): string {
  let rest = bytes.reduce((sum, byte) => (sum << BYTE) | BigInt(byte), 0n);
  let text = '';
  for (let length = (bytes.length * 8) / 5; length > 0; length--) {
    text = ALPHABET[Number(rest & 31n)]! + text;
    rest >>= BITS;
  }
  return text.replace(GROUP, '$&-');
}

/** Normalises a typed code to the spelling that is compared. */
export function readRecoveryCode(typed: string): string {
  return typed.replace(BETWEEN, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
}
