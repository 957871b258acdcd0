import '../workspace/node-version.mjs';
import { codeOf } from './code/code.mjs';
import { writeCodePages } from './code/pages.mjs';
import { writePages } from './pages.mjs';
import { PAGES, REGISTERS } from './place.mjs';
import { prove } from './prove.mjs';
import { readRegisters } from './register.mjs';
import { gridOf } from './rgaa.mjs';
import { writeGridPage } from './rgaa-page.mjs';
import { ROOT } from '../workspace/command.mjs';
import { adviceOf, knownOf, linesOf } from './tell.mjs';

// `npm run trust -- --write` makes the pages of the registers, of the code and of the grid anew before anything is checked.
if (process.argv.includes('--write')) {
  const { registers, problems } = readRegisters(REGISTERS);
  if (problems.length === 0) await writePages(registers, PAGES);
  await writeCodePages(codeOf(), PAGES);
  await writeGridPage(gridOf(ROOT).grid, ROOT);
}

const { problems, counts, weaknesses } = await prove();
for (const line of linesOf(problems)) console.log(line);
const sums = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
console.log(`\nThe trust file says: ${sums.join(', ')}. Its proof is in tmp/trust/trust.json.`);
console.log(knownOf(weaknesses));
console.log(adviceOf(problems));
process.exitCode = problems.length ? 1 : 0;
