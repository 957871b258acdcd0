/**
 * Returns the form under which two spellings of one name are equal: compatibility forms (`Ｃｌａｉｒｅ`), case (`STRASSE`,
 * `straße`) and outer spaces make no difference, accents do.
 */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().toUpperCase().toLowerCase().normalize('NFKC');
}

/** Returns the form for sorting and searching people: as {@link nameKey}, and `Élise` sorts with `Elise`. */
export function sortKey(name: string): string {
  return nameKey(name).normalize('NFKD').replace(/\p{M}/gu, '');
}

/** Returns the range of keys that begin with `beginning`: from the first value, below the second. */
export function beginningWith(beginning: string): [from: string, below: string] {
  return [beginning, `${beginning}\u{10FFFF}`];
}

/** A letter, a digit or a symbol, except invisible ones: fillers, and the Braille pattern without dots. */
const VISIBLE = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{S}]/u;

/** Whether a reader sees something in this text: more than blanks, zero-width characters and punctuation. */
export function hasVisibleText(text: string): boolean {
  return VISIBLE.test(text);
}
