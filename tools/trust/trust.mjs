import '../workspace/node-version.mjs';
import { codeOf } from './code/code.mjs';
import { writePeople } from './code/pages.mjs';
import { prove } from './prove.mjs';
import { adviceOf, knownOf, linesOf } from './tell.mjs';

// `npm run trust -- --write` makes what the page « Données personnelles » lists anew before anything is checked.
if (process.argv.includes('--write')) await writePeople(codeOf());

const { problems, counts, weaknesses } = await prove();
for (const line of linesOf(problems)) console.log(line);
const sums = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
console.log(
  `\nThe trust file says: ${sums.join(', ')}. Its proof is in tmp/trust/trust.json, its pages in tmp/trust/site.`,
);
console.log(knownOf(weaknesses));
console.log(adviceOf(problems));
process.exitCode = problems.length ? 1 : 0;
