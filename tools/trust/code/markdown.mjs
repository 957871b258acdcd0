/** The text of a page: its title, where it comes from, and its parts. */
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

/** Words of others in a cell: what would end the cell or begin a tag. */
export function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('<', '\\<').replace(/\s+/g, ' ').trim();
}
