import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from './sources.mjs';

const LINK = /\]\(([^)\s]+)\)/g;
const OUTSIDE = /^(https?|mailto):/;
const OPEN_BLANK = /\[À COMPLÉTER(?! : [^[\]\n]+\])/g;
/** `NAME` or `NAME=value`, in backticks. */
const SETTING = /`([A-Z][A-Z0-9_]+)(?:=[^`]*)?`/g;

/**
 * Errors in a folder's templates, one sentence each. `pages`: generated pages beside the chapters, `{ name, text }`.
 * A heading of a register's page ends with its row's status, so a template with a link to it is reported when the
 * status changes.
 */
export function templateProblems(folder, settings, pages) {
  const names = new Set(found(settings, /^#? ?([A-Z][A-Z0-9_]+)=/gm));
  const made = new Map(pages.map(({ name, text }) => [join(folder, '..', name), text]));
  const textOf = (file) => made.get(file) ?? (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
  const anchors = once((file) => anchorsOf(textOf(file)));
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const problems = [
        ...found(text, LINK).flatMap((link) => linkProblem(folder, name, link, { textOf, anchors }) ?? []),
        ...blankProblems(text),
        ...settingProblems(text, names),
      ];
      return problems.map((problem) => `docs/trust/templates/${name}: ${problem}`);
    });
}

function linkProblem(folder, name, link, { textOf, anchors }) {
  if (OUTSIDE.test(link)) return undefined;
  const [path, anchor] = link.split('#');
  const file = path ? join(folder, path) : join(folder, name);
  if (textOf(file) === undefined) return `${path} is not there. Was it moved?`;
  if (!anchor || anchors(file).has(anchor)) return undefined;
  return `${path} has no heading #${anchor}. Was it renamed, or is its row of another status?`;
}

function blankProblems(text) {
  const open = [...text.matchAll(OPEN_BLANK)];
  return open.map(({ index }) => `line ${lineOf(text, index)}: a blank stays open.`);
}

function settingProblems(text, names) {
  const unknown = found(text, SETTING).filter(
    (one) => !names.has(one) && !names.has(one.replace(/_FILE$/, '')),
  );
  return unknown.map((one) => `.env.example has no ${one}.`);
}

/** Headings of a page, as GitHub's anchors. */
function anchorsOf(page) {
  const headings = found(page, /^#{1,6} (.+)$/gm);
  return new Set(
    headings.map((one) =>
      one
        .toLowerCase()
        .replace(/[^\p{L}\p{M}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function found(text, pattern) {
  return [...text.matchAll(pattern)].map(([, one]) => one);
}

function lineOf(text, index) {
  return text.slice(0, index).split('\n').length;
}
