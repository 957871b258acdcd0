import axe from 'axe-core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';
import { gridOf, gridProblems, readGrid, routeNames } from './rgaa.mjs';
import { gridPage } from './rgaa-page.mjs';

const read = (file) => readFileSync(join(ROOT, file), 'utf8');
const TEXT = read('docs/trust/rgaa/grid.yaml');
const ROUTES = routeNames(read);
/** Tests that web-e2e runs on every page. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const { grid, rows } = gridOf(ROOT);

it('has the 106 criteria of RGAA 4.1.2, and every page of the router', () => {
  expect(gridProblems(grid, ROUTES)).toEqual([]);
  expect(Object.keys(grid.criteria)).toHaveLength(106);
  expect(ROUTES.length).toBeGreaterThan(40);
  expect(ROUTES).toContain('sign-in');
});

it('names rules of axe that web-e2e runs on every page', () => {
  const run = axe.getRules(TAGS).map(({ ruleId }) => ruleId);
  const named = Object.values(grid.criteria).flatMap(({ axe: rules = [] }) => rules);
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((rule) => !run.includes(rule))).toEqual([]);
  for (const tag of TAGS) expect(read('apps/web-e2e/src/harness/accessibility.ts')).toContain(`'${tag}'`);
});

it('claims of its tests that they ran, criterion by criterion', () => {
  const frames = rows.find(({ id }) => id === 'rgaa-2.1');
  expect(frames.proof).toEqual(['apps/web-e2e/src/accessibility/rgaa.spec.ts']);
  expect(rows.find(({ id }) => id === 'rgaa-1.3').proof).toEqual([]);
});

it('has a page that calls itself no audit, with the rate of what was assessed', async () => {
  const page = await gridPage(grid);
  expect(page).toContain('this is no audit');
  expect(page).toMatch(/106 criteria × \d+ pages = \d+ cells: \d+ assessed \(\d+\.\d %\)/);
  expect(page).toMatch(/\| 1\.3 .* not assessed/);
});

it.each([
  ['a page that the router got', TEXT, [...ROUTES, 'coupons'], 'lacks the page coupons of the router'],
  ['a page that the router lost', TEXT, ROUTES.filter((name) => name !== 'legal'), 'has the page legal'],
  [
    'a criterion that is left out',
    TEXT.replace("  '9.4':\n", "  '9.5':\n"),
    ROUTES,
    'lacks the criterion 9.4',
  ],
  ['a state that is none', TEXT.replace('state: c,', 'state: yes,'), ROUTES, 'yes is no state'],
  [
    'a person without a day',
    TEXT.replace('state: c, by: links', 'state: c, by: Cabinet Accès'),
    ROUTES,
    'Cabinet Accès is no test, and has no day',
  ],
  ['a missing fault', TEXT.replace('state: c,', 'state: nc,'), ROUTES, 'no fault is given'],
  [
    'a page that no walk opens',
    TEXT.replace('pages: walked', 'pages: [request]'),
    ROUTES,
    'no walk opens has a test',
  ],
  [
    'a cell that is assessed twice',
    TEXT.replace(/without-tables:\s*\[/, '$& sign-in,'),
    ROUTES,
    '5.1 of sign-in is assessed twice',
  ],
])('names %s', (_what, text, routes, words) => {
  expect(gridProblems(readGrid(text), routes).join('\n')).toContain(words);
});
