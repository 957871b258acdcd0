/** `claire.martin@hopital.example` → `c•••@hopital.example`. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@');
  return `${[...address][0] ?? ''}•••${at < 0 ? '' : address.slice(at)}`;
}

/** France and its départements overseas, whose people write a leading 0 and know no other form of their number. */
const FRENCH = /^\+(?:33|262|590|594|596)([1-9])\d{6}(\d\d)$/;

/**
 * An E.164 number as its owner recognises it and no other person can dial it:
 * `+33612345642` and `+262692123442` → `06 •• •• •• 42`, `+687701234` → `+687 7 •• •• •• 34`.
 */
export function maskPhone(e164: string): string {
  const french = FRENCH.exec(e164);
  if (french) return `0${french[1]} •• •• •• ${french[2]}`;
  const match = /^(\+33|\+262|\+5\d\d|\+6\d\d|\+\d\d)(\d)\d+(\d\d)$/.exec(e164);
  if (!match) return '••••';
  return `${match[1]} ${match[2]} •• •• •• ${match[3]}`;
}

/** `899700366240` → `89•••••••240`: enough to compare with a card, too little to use. */
export function maskNationalId(id: string): string {
  return id.length < 8 ? '•••' : `${id.slice(0, 2)}${'•'.repeat(id.length - 5)}${id.slice(-3)}`;
}
