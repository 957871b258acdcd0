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
