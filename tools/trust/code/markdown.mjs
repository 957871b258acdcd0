/** Text of a page: its title, its sources and its parts. */
export function pageOf(title, lead, ...parts) {
  const origin = 'Generated from the code by `npm run trust`: change the code, not this page.';
  return [`# ${title}`, `${lead} ${origin}`, ...parts].join('\n\n');
}

export function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function linkTo(file) {
  return `[\`${file}\`](../../../${file})`;
}

export function codes(words) {
  return words.map((word) => `\`${word}\``).join(', ');
}

/** Escapes foreign text for a cell: characters that end the cell or start a tag. */
export function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('<', '\\<').replace(/\s+/g, ' ').trim();
}
