import './workspace/node-version.mjs';
import { availableParallelism } from 'node:os';
import { endWithParent } from './workspace/command.mjs';
import { install } from './workspace/install.mjs';
import { seconds } from './workspace/progress.mjs';

const start = performance.now();
endWithParent();

// A CI installs nothing that a package's own script would bring, and nothing may depend on one.
await install(process.env.CI ? ['--ignore-scripts'] : []).catch((error) => {
  console.log(
    `\n${error.message}\n\nNothing could be checked: see that the npm registry is reached, then run it again.`,
  );
  console.log('0 passed, 1 failed');
  process.exit(1);
});

// Only now: the checks stand on what was installed.
const { checks } = await import('./checks/checks.mjs');
const { runChecks } = await import('./checks/runner.mjs');
const outcomes = await runChecks(wanted(checks), availableParallelism());

const passed = sum('passed');
const failed = sum('failed');
const leftOut = outcomes.flatMap((one) => one.leftOut ?? []);
console.log(`\n${advice()} (${seconds(start)} in all)`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** All of them, or those named on the command line with what they need: `npm test -- lint types`. */
function wanted(all) {
  const names = new Set(process.argv.slice(2));
  if (names.size === 0) return all;
  for (const { needs } of all.filter((one) => names.has(one.name))) needs.forEach((name) => names.add(name));
  return all.filter((one) => names.has(one.name));
}

function sum(what) {
  return outcomes.reduce((total, one) => total + one[what], 0);
}

function advice() {
  const broken = outcomes.filter((one) => one.failed > 0).map((one) => one.check.title);
  if (broken.length)
    return `Look above at what failed: ${broken.join('; ')}. Mend it and run "npm test" again.`;
  if (leftOut.length) return `All that this machine can check holds. Left out: ${leftOut.join('; ')}.`;
  return 'Everything holds: the change is ready to be proposed.';
}
