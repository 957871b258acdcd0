import '../workspace/node-version.mjs';
import { PAGES, REGISTERS } from './place.mjs';
import { prove } from './prove.mjs';
import { readRegisters } from './register.mjs';
import { writePages } from './pages.mjs';

const SHOWN = 40;

// `npm run trust -- --write` makes the pages of the registers anew before anything is checked.
if (process.argv.includes('--write')) {
  const { registers, problems } = readRegisters(REGISTERS);
  if (problems.length === 0) await writePages(registers, PAGES);
}

const { problems, counts } = await prove();
for (const problem of problems.slice(0, SHOWN)) console.log(`  ✗ ${problem}`);
if (problems.length > SHOWN) console.log(`  … and ${problems.length - SHOWN} more, in tmp/trust/trust.json`);
const sums = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
console.log(`\nThe trust file says: ${sums.join(', ')}. Its proof is in tmp/trust/trust.json.`);
console.log(advice());
process.exitCode = problems.length ? 1 : 0;

function advice() {
  if (problems.some((one) => one.endsWith('did not run in the last run.')))
    return `${problems.length} things do not hold. Tests that did not run: CI=true npm test, then npm run trust again.`;
  if (problems.length)
    return `${problems.length} things do not hold: mend what is named above, then npm run trust again.`;
  return 'Everything that it claims was shown by this run: keep tmp/trust with the release.';
}
