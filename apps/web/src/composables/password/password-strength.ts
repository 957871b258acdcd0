export type Strength = 'empty' | 'weak' | 'fair' | 'good';

const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u];

/**
 * Checks a password while it is typed, by rules of the CNIL: 14 characters, 12 of four sorts, or 7 words. The server decides,
 * and knows how easily it is guessed.
 */
export function passwordStrength(password: string, personal: string[]): Strength {
  const text = password.normalize('NFC');
  const length = [...text].length;
  if (length === 0) return 'empty';
  if (length < 10 || length > 128) return 'weak';
  if (mentions(text, [...personal, 'portillon'])) return 'weak';
  return meetsRules(text, length) ? 'good' : 'fair';
}

/** Number of characters until the length suffices without any other condition. */
export function charactersMissing(password: string): number {
  return Math.max(0, 14 - [...password.normalize('NFC')].length);
}

function meetsRules(text: string, length: number): boolean {
  const sorts = CLASSES.filter((sort) => sort.test(text)).length;
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean).length;
  return length >= 14 || (length >= 12 && sorts === 4) || words >= 7;
}

function mentions(text: string, words: string[]): boolean {
  const lower = text.toLowerCase();
  return words.some((word) => word.length >= 4 && lower.includes(word.toLowerCase()));
}
