import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../workspace/command.mjs';
import { formatted } from '../pages.mjs';
import { algorithmProblems, algorithmsPage } from './algorithms.mjs';
import { cookieProblems, cookiesPage } from './cookies.mjs';
import { dataPage, dataProblems } from './data.mjs';
import { eventsPage } from './events.mjs';
import { flowProblems, flowsPage } from './flows.mjs';
import { levelsPage } from './levels.mjs';
import { peoplePage, peopleProblems } from './people.mjs';
import { rightsPage } from './rights.mjs';

const none = () => [];
/** The pages that are made of the code, each with what would make it untrue. */
const PAGES = [
  { name: 'algorithms', page: algorithmsPage, problems: algorithmProblems },
  { name: 'cookies', page: cookiesPage, problems: cookieProblems },
  { name: 'data', page: dataPage, problems: dataProblems },
  { name: 'events', page: eventsPage, problems: none },
  { name: 'flows', page: flowsPage, problems: flowProblems },
  { name: 'levels', page: levelsPage, problems: none },
  { name: 'rights', page: rightsPage, problems: none },
];
/** What the page « Données personnelles » lists. */
const PEOPLE = 'apps/web/src/features/information/people.json';

/** The pages of the code: `{ name, text }`. */
export function codePages(code) {
  return Promise.all(
    PAGES.map(async ({ name, page }) => ({
      name: `generated/${name}.md`,
      text: await formatted(page(code)),
    })),
  );
}

/** What the code lacks for these pages, one sentence each. */
export function codeProblems(code) {
  return [...PAGES.flatMap((one) => problemsOf(one, code)), ...peopleStanding(code, join(ROOT, PEOPLE))];
}

export async function writePeople(code) {
  writeFileSync(join(ROOT, PEOPLE), await formatted(peoplePage(code), 'json'));
}

function problemsOf({ name, page, problems }, code) {
  try {
    page(code);
    return problems(code);
  } catch (error) {
    return [`${name}.md cannot be made: ${error.message}`];
  }
}

function peopleStanding(code, file) {
  try {
    const written = existsSync(file) ? JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))) : '';
    const isMade = written === JSON.stringify(JSON.parse(peoplePage(code)));
    const stale = `${PEOPLE} is not what the code makes: run "npm run trust -- --write".`;
    return [...peopleProblems(code), ...(isMade ? [] : [stale])];
  } catch (error) {
    return [`${PEOPLE} cannot be made: ${error.message}`];
  }
}
