import { readFileSync } from 'node:fs';
import { ROOT } from '../workspace/command.mjs';
import { attestationProblems } from './attestation.mjs';
import { codeOf } from './code/code.mjs';
import { codeProblems } from './code/pages.mjs';
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
 * names, in the form of rows.
 */
export async function standingOf() {
  const { registers, problems } = readRegisters(REGISTERS);
  const rows = registers.flatMap((one) => one.rows);
  const { rows: seen, problems: ofGrid } = gridOf(ROOT);
  if (problems.length) return { registers, rows, seen, problems };
  const code = codeOf();
  const found = [
    ...sourceProblems([...rows, ...seen], ROOT),
    ...ofGrid,
    ...promiseProblems(rows, readFileSync(GUIDE, 'utf8')),
    ...codeProblems(code),
    ...templateProblems(TEMPLATES, readFileSync(SETTINGS, 'utf8'), await madePages(registers)),
    ...attestationProblems(code, registers),
  ];
  return { registers, rows, seen, problems: found };
}
