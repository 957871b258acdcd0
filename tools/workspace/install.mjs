import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runNpm } from './command.mjs';
import { step } from './progress.mjs';

/** Installs the packages of the workspace, unless they are installed. `args` go to `npm ci`. */
export function install(args = []) {
  return installIn(ROOT, 'Installing the dependencies (a minute or so the first time)', args);
}

/** Installs the packages of `tools/package.json`: what only CI, proofs and rarer checks use. */
export function installTools(args = []) {
  return installIn(join(ROOT, 'tools'), 'Installing the tools', args);
}

async function installIn(folder, title, args) {
  if (isInstalled(folder)) return;
  await step(title, async () => {
    const { code, output } = await runNpm(['ci', '--no-fund', '--no-audit', ...args], { cwd: folder });
    if (code !== 0) throw new Error(`npm ci did not succeed:\n${output}`);
  });
}

function isInstalled(folder) {
  // The last file that npm writes during an installation.
  const done = join(folder, 'node_modules', '.package-lock.json');
  return existsSync(done) && statSync(done).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs;
}
