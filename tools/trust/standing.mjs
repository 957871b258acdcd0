import { readFileSync } from 'node:fs';
import { ROOT } from '../workspace/command.mjs';
import { attestationProblems } from './attestation.mjs';
import { codeOf } from './code/code.mjs';
import { codeProblems } from './code/pages.mjs';
import { stalePages } from './pages.mjs';
import { placesOf } from './place.mjs';
import { promiseProblems } from './promises.mjs';
import { gridOf } from './rgaa.mjs';
import { staleGridPage } from './rgaa-page.mjs';
import { readRegisters } from './register.mjs';
import { sourceProblems } from './sources.mjs';
import { templateProblems } from './templates.mjs';

/** What the registers are held against, each by itself: what is wrong, one sentence each. */
export const PARTS = {
  sources: ({ rows, seen, root }) => sourceProblems([...rows, ...seen], root),
  grid: async ({ grid, root }) => [...grid.problems, ...(await staleGridPage(grid.grid, root))],
  promises: ({ rows, places }) => promiseProblems(rows, readFileSync(places.guide, 'utf8')),
  pages: ({ registers, places }) => stalePages(registers, places.pages),
  code: ({ root, places }) => codeProblems(codeOf(root), places.pages),
  templates: ({ places }) => templateProblems(places.templates, readFileSync(places.settings, 'utf8')),
  attestation: ({ registers, root }) => attestationProblems(codeOf(root), registers),
};

/**
 * What can be checked of a repository without a run: its registers, pages, templates and the grid of the RGAA, and what is
 * wrong with them, one sentence each. What is wrong in the form of a register is told first, and alone. `seen`: the tests
 * that the grid names, in the form of rows.
 */
export async function standingOf(root = ROOT, parts = Object.values(PARTS)) {
  const places = placesOf(root);
  const { registers, problems } = readRegisters(places.registers);
  const rows = registers.flatMap((one) => one.rows);
  const grid = gridOf(root);
  const seen = grid.rows;
  if (problems.length) return { registers, rows, seen, problems };
  const found = await Promise.all(parts.map((part) => part({ root, places, registers, rows, grid, seen })));
  return { registers, rows, seen, problems: found.flat() };
}
