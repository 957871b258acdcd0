import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { parse } from 'yaml';

const GRID = 'docs/trust/rgaa/grid.yaml';
const ROUTES = ['routes', 'administration.routes'].map((name) => `apps/web/src/router/${name}.ts`);
/** Number of criteria in each of the 13 topics of RGAA 4.1.2. */
const TOPICS = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12];
/** States of a criterion on a page. */
export const STATES = { c: 'met', nc: 'not met', na: 'not applicable' };
const LISTS = ['walked', 'without-tables', 'without-fields'];
/** The grid, with each criterion's state on each page: `cells[criterion][page]`, `undefined` where it was not assessed. */
export function readGrid(text) {
  const grid = parse(text);
  const walked = Object.keys(grid.pages).filter((name) => grid.pages[name].path);
  const pagesOf = (pages) =>
    pages === 'walked' ? walked : typeof pages === 'string' ? (grid[pages] ?? []) : pages;
  const assessments = Object.entries(grid.criteria).flatMap(([criterion, { assessed = [] }]) =>
    assessed.map((one) => ({ criterion, ...one, pages: pagesOf(one.pages), group: one.pages })),
  );
  const cells = Object.fromEntries(Object.keys(grid.criteria).map((name) => [name, {}]));
  for (const { criterion, pages, state } of assessments)
    for (const page of pages) cells[criterion][page] = state;
  return { ...grid, walked, assessments, cells };
}

/** Claims of the grid, as rows of a register: the tests that must have run and passed. */
function gridRows(grid) {
  return Object.entries(grid.criteria).map(([criterion, { seen = [] }]) => ({
    file: GRID,
    id: `rgaa-${criterion}`,
    where: [],
    proof: [
      ...grid.assessments
        .filter((one) => one.criterion === criterion)
        .flatMap(({ by }) => grid.proofs[by] ?? []),
      ...seen,
    ],
  }));
}

/**
 * Errors of the grid, one sentence each: it is incomplete, or has claims without an assessment. `routes`: names of
 * the routes.
 */
export function gridProblems(grid, routes) {
  return [
    ...parted(allCriteria(), Object.keys(grid.criteria), 'the criterion', 'RGAA 4.1.2'),
    ...parted(routes, Object.keys(grid.pages), 'the page', 'the router'),
    ...Object.entries(grid.pages).flatMap(([name, page]) =>
      Boolean(page.path) !== Boolean(page.needs)
        ? []
        : [`${GRID}: the page ${name} has neither a path nor what it needs.`],
    ),
    ...Object.entries(grid.criteria)
      .filter(([, { title }]) => !title)
      .map(([criterion]) => `${GRID}: ${criterion} has no title.`),
    ...grid.assessments.flatMap((one) => assessmentProblems(one, grid)),
    ...twice(grid.assessments),
  ];
}

/** Names of the pages, from the router's own files. */
export function routeNames(read) {
  return ROUTES.flatMap((file) => {
    const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
    const names = [];
    const visit = (node) => {
      if (isNameOfRoute(node)) names.push(node.initializer.text);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return names;
  });
}

/** `{ grid, rows, problems }` of the folder of the product. */
export function gridOf(root) {
  const read = (file) => readFileSync(join(root, file), 'utf8');
  const grid = readGrid(read(GRID));
  return { grid, rows: gridRows(grid), problems: gridProblems(grid, routeNames(read)) };
}

/** A name beside a component; a redirection has the name of another page. */
function isNameOfRoute(node) {
  return (
    ts.isPropertyAssignment(node) &&
    node.name.getText() === 'name' &&
    ts.isStringLiteral(node.initializer) &&
    node.parent.properties.some(({ name }) => name?.getText() === 'component')
  );
}

function allCriteria() {
  return TOPICS.flatMap((count, topic) =>
    Array.from({ length: count }, (_one, index) => `${topic + 1}.${index + 1}`),
  );
}

function parted(asked, there, what, whose) {
  return [
    ...asked.filter((one) => !there.includes(one)).map((one) => `${GRID} lacks ${what} ${one} of ${whose}.`),
    ...there
      .filter((one) => !asked.includes(one))
      .map((one) => `${GRID} has ${what} ${one}, which ${whose} has not.`),
  ];
}

function assessmentProblems(assessment, grid) {
  const { criterion, pages, group, state, fault } = assessment;
  return [
    ...(state in STATES ? [] : [`${state} is no state`]),
    ...(typeof group === 'string' && !LISTS.includes(group) ? [`${group} is no list of pages`] : []),
    ...pages.filter((page) => !(page in grid.pages)).map((page) => `${page} is no page`),
    ...(state === 'nc' && !fault ? ['it is not met, and no fault is given'] : []),
    ...assessorProblems(assessment, grid),
  ].map((problem) => `${GRID}: ${criterion}: ${problem}.`);
}

/** A test proves it for the pages that it opens; an assessment by a person needs a date. */
function assessorProblems({ by, date, pages }, { proofs, walked }) {
  if (!by) return ['no one assessed it'];
  if (by in proofs)
    return pages.some((page) => !walked.includes(page)) ? ['a page that no walk opens has a test'] : [];
  return /^\d{4}-\d{2}-\d{2}$/.test(date ?? '') ? [] : [`${by} is no test, and has no day`];
}

function twice(assessments) {
  const seen = new Set();
  return assessments.flatMap(({ criterion, pages }) =>
    pages.flatMap((page) => {
      const cell = `${criterion} of ${page}`;
      if (seen.has(cell)) return [`${GRID}: ${cell} is assessed twice.`];
      seen.add(cell);
      return [];
    }),
  );
}
