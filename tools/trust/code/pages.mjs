import { formatted } from '../pages.mjs';
import { algorithmProblems, algorithmsPage } from './algorithms.mjs';
import { cookieProblems, cookiesPage } from './cookies.mjs';
import { dataPage } from './data.mjs';
import { eventsPage } from './events.mjs';
import { flowProblems, flowsPage } from './flows.mjs';
import { levelsPage } from './levels.mjs';
import { peopleProblems } from './people.mjs';
import { rightsPage } from './rights.mjs';

const none = () => [];
/** Pages generated from the code and the built server's tables, each with its checks. */
const PAGES = [
  { name: 'algorithms', page: algorithmsPage, problems: algorithmProblems },
  { name: 'cookies', page: cookiesPage, problems: cookieProblems },
  { name: 'data', page: dataPage, problems: peopleProblems },
  { name: 'events', page: eventsPage, problems: none },
  { name: 'flows', page: flowsPage, problems: flowProblems },
  { name: 'levels', page: levelsPage, problems: none },
  { name: 'rights', page: rightsPage, problems: none },
];

/** The generated pages: `{ name, text }`. */
export function codePages(code, tables) {
  return Promise.all(
    PAGES.map(async ({ name, page }) => ({
      name: `generated/${name}.md`,
      text: await formatted(page(code, tables)),
    })),
  );
}

/** Problems of the code that these pages would show, or one of them, one sentence each. */
export function codeProblems(code, tables, only) {
  return PAGES.filter(({ name }) => !only || name === only).flatMap(({ name, page, problems }) => {
    try {
      page(code, tables);
      return problems(code, tables);
    } catch (error) {
      return [`${name}.md cannot be made: ${error.message}`];
    }
  });
}
