import { readFileSync } from 'node:fs';
import { ROOT } from '../workspace/command.mjs';
import { codeOf } from './code/code.mjs';
import { codeProblems } from './code/pages.mjs';
import { stalePages } from './pages.mjs';
import { GUIDE, PAGES, REGISTERS, SETTINGS, TEMPLATES } from './place.mjs';
import { promiseProblems } from './promises.mjs';
import { readRegisters } from './register.mjs';
import { sourceProblems } from './sources.mjs';
import { templateProblems } from './templates.mjs';

/** What can be checked without a run: the registers, pages and templates, and what is wrong with them, one sentence each. */
export async function standingOf(folder = REGISTERS) {
  const { registers, problems } = readRegisters(folder);
  const rows = registers.flatMap((one) => one.rows);
  if (problems.length) return { registers, rows, problems };
  return {
    registers,
    rows,
    problems: [
      ...sourceProblems(rows, ROOT),
      ...promiseProblems(rows, readFileSync(GUIDE, 'utf8')),
      ...(await stalePages(registers, PAGES)),
      ...codeProblems(codeOf(), PAGES),
      ...templateProblems(TEMPLATES, { settings: readFileSync(SETTINGS, 'utf8'), registers }),
    ],
  };
}
