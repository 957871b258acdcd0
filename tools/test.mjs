import './workspace/node-version.mjs';
import { install, installTools } from './workspace/install.mjs';
import { seconds } from './workspace/progress.mjs';

const start = performance.now();

// CI disables packages' install scripts, so nothing may depend on one.
const installing = process.env.CI
  ? install(['--ignore-scripts']).then(() => installTools(['--ignore-scripts']))
  : install();
await installing.catch((error) => {
  console.log(
    `\n${error.message}\n\nNothing could be checked: see that the npm registry is reached, then run it again.`,
  );
  console.log('0 passed, 1 failed');
  process.exit(1);
});

// Imported this late because the checks depend on the installed packages.
const { runChecks } = await import('./checks/checks.mjs');
const { trend } = await import('./size.mjs');
const { passed, failed, advice } = await runChecks();
const lines = trend();
if (lines) console.log(`\n${lines}`);
console.log(`\n${advice} (${seconds(start)} in all)`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
