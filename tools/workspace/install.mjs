import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runNpm } from './command.mjs';
import { fingerprint, setStamp, stamp } from './fingerprint.mjs';
import { step } from './progress.mjs';

const LOCK = 'package-lock.json';

/** Installs what package-lock.json says, unless that is what is there. `args` go to `npm ci`. */
export async function install(args = []) {
  const wanted = fingerprint([LOCK]);
  if (isInstalled(wanted)) return;
  await step('Installing the dependencies (a minute or so the first time)', async () => {
    const { code, output } = await runNpm(['ci', '--no-fund', '--no-audit', ...args]);
    if (code !== 0) throw new Error(`npm ci did not succeed:\n${output}`);
  });
  setStamp('install', wanted);
}

function isInstalled(wanted) {
  const done = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(done)) return false;
  const known = stamp('install');
  if (known) return known === wanted;
  // Installed by hand: npm writes its own list last.
  return statSync(done).mtimeMs >= statSync(join(ROOT, LOCK)).mtimeMs;
}
