/** A letter that is not Latin-1 behind one backslash, or behind pairs of them and one. */
const EATEN = /(?<!\\)(?:\\\\)*\\[\u0100-\uffff]/;
const AROUND = 30;

/**
 * The same program in letters of one byte: one that is not Latin-1 makes Node keep all of its file in two bytes a
 * letter, so such letters are escaped.
 *
 * @throws Error where a backslash stands before one: it would eat the backslash of the escape.
 */
export function oneByteEach(code, name) {
  const at = code.search(EATEN);
  if (at < 0) return code.replace(/[\u0100-\uffff]/g, escaped);
  const near = code.slice(Math.max(0, at - AROUND), at + AROUND);
  throw new Error(`${name}: take away the backslash before the letter that is not Latin-1, near: ${near}`);
}

function escaped(letter) {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
