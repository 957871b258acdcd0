/** Returns `text` with one character changed, well before its end: always another text, and other bytes in base64url. */
export function altered(text: string): string {
  const at = text.length - 30;
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
}
