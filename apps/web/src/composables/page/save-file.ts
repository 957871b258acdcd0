/** Gives a file to the person as a download: nothing of it stays in the page. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // The browser has opened the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(url));
}
