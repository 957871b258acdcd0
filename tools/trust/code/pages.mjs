import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formatted } from '../pages.mjs';
import { algorithmProblems, algorithmsPage } from './algorithms.mjs';
import { cookieProblems, cookiesPage } from './cookies.mjs';
import { dataPage, dataProblems } from './data.mjs';
import { eventProblems, eventsPage } from './events.mjs';
import { flowProblems, flowsPage } from './flows.mjs';
import { levelsPage } from './levels.mjs';
import { peoplePage, peopleProblems } from './people.mjs';
import { rightsPage } from './rights.mjs';

const WRITE = 'run "npm run trust -- --write"';
const none = () => [];
/** The pages that are made of the code, each with what would make it untrue. */
const PAGES = [
  { name: 'generated/algorithms.md', page: algorithmsPage, problems: algorithmProblems },
  { name: 'generated/cookies.md', page: cookiesPage, problems: cookieProblems },
  { name: 'generated/data.md', page: dataPage, problems: dataProblems },
  { name: 'generated/events.md', page: eventsPage, problems: eventProblems },
  { name: 'generated/flows.md', page: flowsPage, problems: flowProblems },
  { name: 'generated/levels.md', page: levelsPage, problems: none },
  { name: 'generated/rights.md', page: rightsPage, problems: none },
  // What the page of the product lists, from where the others stand.
  { name: '../../apps/web/src/features/information/people.json', page: peoplePage, problems: peopleProblems },
];

/** What is wrong with the pages of the code in `folder`, one sentence each: what the code lacks, then what is stale. */
export function codeProblems(code, folder) {
  return PAGES.flatMap((one) => problemsOf(one, code, folder));
}

export async function writeCodePages(code, folder) {
  for (const { name, page } of PAGES) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(
      join(folder, name),
      await formatted(page(code), name.endsWith('.json') ? 'json' : 'markdown'),
    );
  }
}

function problemsOf({ name, page, problems }, code, folder) {
  try {
    const found = problems(code);
    const linesIn = name.endsWith('.json') ? membersOf : linesOf;
    const changed = firstChange(linesIn(read(join(folder, name))), linesIn(page(code)));
    return changed
      ? [...found, `${join('docs/trust', name)} is not what the code makes (${changed}): ${WRITE}.`]
      : found;
  } catch (error) {
    return [`${join('docs/trust', name)} cannot be made: ${error.message}`];
  }
}

function firstChange(written, made) {
  const news = made.find((line) => !written.includes(line));
  if (news) return `now « ${news} »`;
  const gone = written.find((line) => !made.includes(line));
  if (gone) return `no more « ${gone} »`;
  return written.join() === made.join() ? undefined : 'in another order';
}

/** Without what aligns the columns of a table. */
function linesOf(text) {
  const lines = text.split('\n').map((line) => line.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---').trim());
  return lines.filter(Boolean);
}

/** Whatever the line breaks of its lists. */
function membersOf(text) {
  return JSON.stringify(JSON.parse(text || '{}'), null, 1)
    .split('\n')
    .map((line) => line.trim());
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
