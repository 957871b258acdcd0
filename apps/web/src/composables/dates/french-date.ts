/** The first day of a month: `1 novembre`, `mar. 1 déc. 2026`, `1–27 nov.`. */
const FIRST = /(?<!\d)1(?=\s[a-zéû]|\s?–)/g;

/** Writes « 1er » in a date or date range that Intl formatted in French; Intl never does. */
export function frenchDate(text: string): string {
  return text.replace(FIRST, '1er');
}
