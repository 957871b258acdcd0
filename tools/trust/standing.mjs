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
 * Checks without a test run: the registers, the RGAA grid and the templates, with their problems, one sentence each.
 * If a register has format errors, only those are returned. `seen`: the grid's tests, in the form of rows. `pages`:
 * the generated pages, `{ name, text }`.
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
