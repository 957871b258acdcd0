/** The first of a month, named: `1 novembre`, `mar. 1 déc. 2026`, `1–27 nov.`. */
const FIRST = /(?<!\d)1(?=\s[a-zéû]|\s?–)/g;

/** A date, or a span of dates, that Intl wrote in French: it has « 1er » for no month. */
export function frenchDate(text: string): string {
  return text.replace(FIRST, '1er');
}
