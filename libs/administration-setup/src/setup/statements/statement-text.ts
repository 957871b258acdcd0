import type { StatementBlock, StatementRun } from './site-statements.dto';

const HEADING = /^## (\S.*)$/;
const ITEM = /^- (\S.*)$/;
const PIECE = /\[([^\][]+)\]\(([^()\s]+)\)|\*\*([^*]+)\*\*/g;
/** Accepted targets of a link: no script, and no « //host », which looks like a path but leads elsewhere. */
const TARGET = /^(?:https:\/\/[^\s/]|mailto:[^\s@]+@[^\s@]|\/(?!\/))/;
/** Markdown syntax that our pages do not support: unchanged, users would read its signs. */
const NOT_SHOWN: readonly (readonly [RegExp, string])[] = [
  [/<\/?[a-z!]/i, 'has HTML'],
  [/!\[/, 'has an image'],
  [/^\s*(?:```|~~~)/, 'has a block of code'],
  [/^\s*\|/, 'has a table'],
  [/^#(?!# )/, 'has a title that does not begin with "## "'],
  [/^\s*(?:[*+]|\d+[.)]) /, 'has a list that does not begin with "- "'],
  [/^\s+- /, 'has a list within a list'],
];

/** A text of the operator, and the parts that cannot be shown, a sentence each with its line. */
export interface ReadText {
  blocks: StatementBlock[];
  faults: string[];
}

/** Titles, paragraphs, lists, links and bold words of Markdown; read in one pass over each line. */
export function statementText(markdown: string): ReadText {
  const blocks: StatementBlock[] = [];
  const faults: string[] = [];
  let isOpen = false;
  for (const [index, line] of markdown.split(/\r?\n/).entries()) {
    faults.push(...faultsOf(line).map((fault) => `line ${index + 1} ${fault}`));
    const { kind, text } = read(line);
    if (text === '') isOpen = false;
    else if (kind === 'paragraph' && isOpen) blocks.at(-1)!.runs.push(...runsOf(` ${text}`));
    else {
      blocks.push({ kind, runs: runsOf(text) });
      isOpen = kind !== 'heading';
    }
  }
  return { blocks, faults };
}

function read(line: string): { kind: StatementBlock['kind']; text: string } {
  const [, heading] = HEADING.exec(line) ?? [];
  const [, item] = ITEM.exec(line) ?? [];
  if (heading) return { kind: 'heading', text: heading.trim() };
  return item ? { kind: 'item', text: item.trim() } : { kind: 'paragraph', text: line.trim() };
}

function runsOf(text: string): StatementRun[] {
  const runs: StatementRun[] = [];
  let from = 0;
  for (const { 0: found, 1: label, 2: target, 3: bold, index } of text.matchAll(PIECE)) {
    runs.push(plain(text.slice(from, index)));
    runs.push(label ? { ...plain(label), href: target! } : { ...plain(bold!), strong: true });
    from = index + found.length;
  }
  return [...runs, plain(text.slice(from))].filter(({ text: shown }) => shown !== '');
}

function plain(text: string): StatementRun {
  return { text, strong: false, href: null };
}

function faultsOf(line: string): string[] {
  return [
    ...NOT_SHOWN.filter(([form]) => form.test(line)).map(([, fault]) => fault),
    ...(runsOf(line).every(leadsWhereItMay)
      ? []
      : ['has a link that leads neither to https:, nor to mailto:, nor to a path of this service']),
  ];
}

/** What is left of a link that could not be read is refused with it. */
function leadsWhereItMay({ href, text }: StatementRun): boolean {
  return href === null ? !text.includes('](') : TARGET.test(href);
}
