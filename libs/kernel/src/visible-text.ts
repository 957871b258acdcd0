/** A letter, a digit or a symbol, except invisible ones: fillers, and the Braille pattern without dots. */
const VISIBLE = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{S}]/u;

/** Whether a reader sees something in this text: more than blanks, zero-width characters and punctuation. */
export function hasVisibleText(text: string): boolean {
  return VISIBLE.test(text);
}
