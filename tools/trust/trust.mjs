import '../workspace/node-version.mjs';
import { prove } from './prove.mjs';
import { adviceOf, knownOf, linesOf } from './tell.mjs';

const { problems, counts, weaknesses } = await prove();
for (const line of linesOf(problems)) console.log(line);
const sums = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
console.log(
  `\nThe trust file says: ${sums.join(', ')}. Its proof is in tmp/trust/trust.json, its pages in tmp/trust/site.`,
);
console.log(knownOf(weaknesses));
console.log(adviceOf(problems));
process.exitCode = problems.length ? 1 : 0;
