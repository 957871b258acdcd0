import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../workspace/command.mjs';

/** Project jargon, each word with its standard replacement (docs/guide/develop.md). */
const OLD_WORDS = [
  /\btold\b|\btells?\b|\btelling\b/i,
  /\bnobody\b|\bsomebody\b|\bwhoever\b|\bwhomever\b/i,
  /\bwho (?:asks?|signs?|tries|acts)\b|\b(?:of|for|to) who\b/i,
  /\bmend(?:s|ed|ing)?\b/i,
  /\bstands? (?:in|on|for)\b|\bstood (?:in|on)\b/i,
  /\bunless told\b|\bmay be had\b|\bcomes? to nothing\b|\bthere is no telling\b/i,
  /\bof (?:its|their|one['’]s|my|our|your) own\b|\bby itself\b/i,
  /\bso long (?:before|after)\b|\bfrom then on\b|\bin the place of\b/i,
  /\bits person\b|\bthe person of a session\b/i,
  /\bconductors?\b|\bthe house\b|\b(?:rooms?|floors?) of the\b/i,
];

const AREAS = {
  'the OpenAPI document': { files: /^apps\/api\/openapi\.json$/, text: describedIn },
  guides: { files: /^docs\/guide\/.*\.md$/, text: proseOf },
  READMEs: { files: /(?:^|\/)(?:README|CONTRIBUTING|SECURITY|SUPPORT)\.md$/, text: proseOf },
  'other documents': { files: /^(?:CHANGELOG\.md|docs\/(?:adr|trust)\/.*\.md)$/, text: proseOf },
  // Without landed migrations, which never change.
  'comments of libs and apps': {
    files: /^(?:libs|apps)\/(?!.*\/migrations\/).*\.(?:ts|vue)$/,
    text: commentsOf,
  },
  'comments of tools, proofs and deploy': {
    files: /^(?:tools|proofs|deploy|docker)\/.*\.(?:mjs|ts|sh)$/,
    text: commentsOf,
  },
  'titles of tests': { files: /\.spec\.(?:ts|mjs)$/, text: titlesOf },
};

/** Number of uses of old words: `{ guides: 12, … }`. With `show`, prints each place. */
export function oldWords(show = () => undefined) {
  const files = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n');
  return Object.fromEntries(
    Object.entries(AREAS).map(([area, { files: pattern, text }]) => [
      area,
      files
        .filter((file) => pattern.test(file) && existsSync(join(ROOT, file)))
        .flatMap((file) => foundIn(file, text(readFileSync(join(ROOT, file), 'utf8'), file)))
        .map((found) => show(area, found)).length,
    ]),
  );
}

function foundIn(file, texts) {
  return texts.flatMap((text) =>
    OLD_WORDS.flatMap((word) =>
      [...text.matchAll(new RegExp(word, 'gi'))].map(
        ([one]) => `${file}: ${one}: ${text.trim().slice(0, 160)}`,
      ),
    ),
  );
}

function describedIn(json) {
  return [...json.matchAll(/"(?:description|summary|title)":"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text);
}

/** Markdown lines without code; French pages are left out. */
function proseOf(markdown, file) {
  if (file.includes('/fr/')) return [];
  return markdown
    .replace(/```[\s\S]*?```/g, '')
    .replace(/`[^`\n]*`/g, '')
    .split('\n');
}

function commentsOf(source) {
  const blocks = source.match(/(?<=^|[\s({])\/\*[\s\S]*?\*\/|^\s*\/\/.*$|^\s*#\s.*$/gm) ?? [];
  return blocks.map((block) => block.replace(/`[^`\n]*`/g, ''));
}

function titlesOf(source) {
  return [
    ...source.matchAll(
      /\b(?:it|describe|describeOnEveryEngine|describeOnMariadb)(?:\.each\([\s\S]*?\))?\(\s*(['"`])(.*?)\1/g,
    ),
  ].map(([, , title]) => title);
}

if (process.argv[1] === import.meta.filename) {
  const area = process.argv[2];
  const counts = oldWords((one, found) => (!area || one.includes(area)) && console.log(found));
  console.log(counts);
}
