import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runNpm } from './command.mjs';
import { step } from './progress.mjs';

/** The last file that npm writes during an installation. */
const DONE = join(ROOT, 'node_modules', '.package-lock.json');

/** Installs the packages of package-lock.json, unless they are installed. `args` go to `npm ci`. */
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
