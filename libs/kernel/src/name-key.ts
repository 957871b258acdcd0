/**
 * The form under which two spellings of one name are the same: compatibility forms (`Ｃｌａｉｒｅ`), case (`STRASSE`,
 * `straße`) and outer spaces make no difference, accents do.
 */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().toUpperCase().toLowerCase().normalize('NFKC');
}

/** The form by which people are sorted and searched: as {@link nameKey}, and `Élise` comes with `Elise`. */
export function sortKey(name: string): string {
  return nameKey(name).normalize('NFKD').replace(/\p{M}/gu, '');
}

/** The range of keys that begin with `beginning`: from the first value, below the second. */
export function beginningWith(beginning: string): [from: string, below: string] {
  return [beginning, `${beginning}\u{10FFFF}`];
}
