import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from './trust/code/code.mjs';
import { peopleOf, peopleProblems } from './trust/code/people.mjs';
import { describedTables } from './trust/code/tables.mjs';
import { ROOT } from './workspace/command.mjs';

// Writes the data of the page « Données personnelles » from the built server: the pages' Nx target `people`.
const [code, tables] = [codeOf(), await describedTables()];
const problems = peopleProblems(code, tables);
if (problems.length) throw new Error(problems.join('\n'));
const file = join(ROOT, 'apps/web/src/features/information/people.json');
writeFileSync(file, `${JSON.stringify(peopleOf(code, tables), null, 2)}\n`);
