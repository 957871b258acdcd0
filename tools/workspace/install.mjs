import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runNpm } from './command.mjs';
import { step } from './progress.mjs';

/** What npm writes last when it has installed everything. */
const DONE = join(ROOT, 'node_modules', '.package-lock.json');

/** Installs what package-lock.json says, unless that is what is there. `args` go to `npm ci`. */
export async function install(args = []) {
  if (isInstalled()) return;
  await step('Installing the dependencies (a minute or so the first time)', async () => {
    const { code, output } = await runNpm(['ci', '--no-fund', '--no-audit', ...args]);
    if (code !== 0) throw new Error(`npm ci did not succeed:\n${output}`);
  });
}

function isInstalled() {
  return existsSync(DONE) && statSync(DONE).mtimeMs >= statSync(join(ROOT, 'package-lock.json')).mtimeMs;
}
