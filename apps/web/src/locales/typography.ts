/** Keeps French double punctuation on the line of its word, so that the texts can be written with plain spaces. */
export function frenchSpaces(text: string): string {
  return text.replace(/« /g, '«\u00a0').replace(/ (?=[»:;!?])/g, '\u00a0');
}
