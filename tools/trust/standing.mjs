import { readFileSync } from 'node:fs';
import { ROOT } from '../workspace/command.mjs';
import { attestationProblems } from './attestation.mjs';
import { codeOf } from './code/code.mjs';
import { codeProblems } from './code/pages.mjs';
import { describedTables } from './code/tables.mjs';
import { GUIDE, REGISTERS, SETTINGS, TEMPLATES } from './place.mjs';
import { promiseProblems } from './promises.mjs';
import { readRegisters } from './register.mjs';
import { gridOf } from './rgaa.mjs';
import { madePages } from './site.mjs';
import { sourceProblems } from './sources.mjs';
import { templateProblems } from './templates.mjs';

/**
 * What can be checked without a run: the registers, the grid of the RGAA and the templates, and what is wrong with them,
 * one sentence each. What is wrong in the form of a register stands first, and alone. `seen`: the tests that the grid
 * names, in the form of rows. `pages`: what is made of all that, `{ name, text }`.
 */
export async function standingOf() {
  const { registers, problems } = readRegisters(REGISTERS);
  const rows = registers.flatMap((one) => one.rows);
  const { grid, rows: seen, problems: ofGrid } = gridOf(ROOT);
  if (problems.length) return { registers, rows, seen, pages: [], problems };
  const code = codeOf();
  const tables = await describedTables();
  const pages = await madePages({ registers, code, tables, grid });
  const found = [
    ...sourceProblems([...rows, ...seen], ROOT),
    ...ofGrid,
    ...promiseProblems(rows, readFileSync(GUIDE, 'utf8')),
    ...codeProblems(code, tables),
    ...templateProblems(TEMPLATES, readFileSync(SETTINGS, 'utf8'), pages),
    ...attestationProblems(code, registers),
  ];
  return { registers, rows, seen, pages, problems: found };
}
