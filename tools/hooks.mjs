import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** `npm install` runs it: Git then runs .githooks in this clone, unless the person has hooks elsewhere. */
function useHooks() {
  // A tarball may be inside another repository, which is not ours to configure.
  if (realpathSync(git('rev-parse', '--show-toplevel')) !== realpathSync(ROOT)) return;
  if (git('config', '--default', '', '--get', 'core.hooksPath')) return;
  git('config', 'core.hooksPath', '.githooks');
}

function git(...args) {
  return execFileSync('git', args, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

try {
  useHooks();
} catch {
  // No Git here, or no repository: nothing is committed from here.
}
