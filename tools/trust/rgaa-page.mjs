import { formatted } from './pages.mjs';
import { STATES } from './rgaa.mjs';

const WHO = {
  nobody: 'not signed in',
  begun: 'once the password was given',
  national: 'as the national administrator',
};
const TOPIC_NAMES = [
  'Images',
  'Cadres',
  'Couleurs',
  'Multimédia',
  'Tableaux',
  'Liens',
  'Scripts',
  'Éléments obligatoires',
  'Structuration de l’information',
  'Présentation de l’information',
  'Formulaires',
  'Navigation',
  'Consultation',
];

/** The readable page of the grid. */
export async function gridPage(grid) {
  return formatted(
    [
      head(grid),
      rates(grid),
      pagesTable(grid),
      ...TOPIC_NAMES.map((name, index) => topic(grid, name, index + 1)),
    ].join('\n\n'),
  );
}

function head({ version, read, date }) {
  return [
    `# ${version}: the grid of criteria and pages`,
    `Self-assessed on ${date} by tests alone: **this is no audit, and no rate of it may stand in a declaration.** Made from docs/trust/rgaa/grid.yaml by \`npm run trust\`; [how to read it](README.md).`,
    `Criteria: ${read}.`,
    'A criterion is assessed where a test alone can decide it: nothing of the kind is there (not applicable), or each page, as it opens, has what is asked (met). What a person judges is not assessed, also where tests look at a part of it and find no fault: the rules of axe that \`apps/web-e2e/src/accessibility/every-page.spec.ts\` runs on every page and dialog, and the tests that are named.',
  ].join('\n\n');
}

function rates(grid) {
  const pages = Object.keys(grid.pages);
  const all = pages.length * Object.keys(grid.criteria).length;
  const count = (state) =>
    Object.values(grid.cells).reduce(
      (sum, row) => sum + Object.values(row).filter((one) => one === state).length,
      0,
    );
  const [met, failed, absent] = ['c', 'nc', 'na'].map(count);
  const assessed = met + failed + absent;
  const rate =
    met + failed
      ? `${percent(met, met + failed)} of what was assessed and applies is met`
      : 'nothing that applies was assessed';
  return [
    '## What was assessed',
    `${Object.keys(grid.criteria).length} criteria × ${pages.length} pages = ${all} cells: ${assessed} assessed (${percent(assessed, all)}), of which ${met} met, ${failed} not met, ${absent} not applicable. ${rate}: a rate of the few criteria that a machine can decide, which says nothing of the others.`,
    `Never assessed: ${Object.entries(grid.cells).filter(([, row]) => Object.keys(row).length === 0).length} criteria.`,
  ].join('\n\n');
}

function percent(part, whole) {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

function pagesTable(grid) {
  const rows = Object.entries(grid.pages).map(([name, page]) => {
    const states = Object.values(grid.cells).map((row) => row[name]);
    const count = (state) => states.filter((one) => one === state).length;
    const opened = page.path
      ? `\`${page.path}\`, ${WHO[page.as]}`
      : `not opened by a test: it needs ${page.needs}`;
    return [`\`${name}\``, opened, count('c'), count('nc'), count('na'), count(undefined)];
  });
  return [
    '## By page',
    table(['page', 'opened', 'met', 'not met', 'not applicable', 'not assessed'], rows),
  ].join('\n\n');
}

function topic(grid, name, number) {
  const rows = Object.entries(grid.criteria)
    .filter(([criterion]) => criterion.startsWith(`${number}.`))
    .map(([criterion, { title, axe = [], seen = [] }]) => [
      criterion,
      title,
      stateOf(grid, criterion),
      [...axe.map((rule) => `axe \`${rule}\``), ...seen.map(testOf)].join(', ') || '—',
    ]);
  return [`## ${number} · ${name}`, table(['criterion', 'asks', 'state', 'looked at in part by'], rows)].join(
    '\n\n',
  );
}

function stateOf(grid, criterion) {
  const told = grid.assessments
    .filter((one) => one.criterion === criterion)
    .map(({ state, pages, by, date, fault }) => {
      const who = grid.proofs[by] ? testOf(grid.proofs[by]) : `${by}, ${date}`;
      return `**${STATES[state]}** on ${pages.length} pages (${who})${fault ? `: ${fault}` : ''}`;
    });
  const left = Object.keys(grid.pages).length - Object.keys(grid.cells[criterion]).length;
  return [...told, ...(left ? [told.length ? `not assessed on ${left}` : 'not assessed'] : [])].join('; ');
}

function testOf(file) {
  return `\`${file.split('/').at(-1)}\``;
}

function table(titles, rows) {
  return [titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
