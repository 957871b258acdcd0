/** Removes accents and capitals, which people leave out in a hurry. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** Whether each typed word begins a word of the text. */
export function matches(text: string, typed: string): boolean {
  const [names, words] = [text, typed].map((one) => plain(one).split(/[^\p{L}\p{N}]+/u));
  return words!.every((word) => names!.some((name) => name.startsWith(word)));
}
