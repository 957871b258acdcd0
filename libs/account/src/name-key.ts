/**
 * The form under which two spellings of one name are the same: compatibility forms (`Ｃｌａｉｒｅ`), case (`STRASSE`,
 * `straße`) and outer spaces make no difference, accents do.
 */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().toUpperCase().toLowerCase().normalize('NFKC');
}
