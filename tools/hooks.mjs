import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Run by `npm install`: sets .githooks as the hooks of this clone, unless the person has others. */
function useHooks() {
  // An unpacked tarball may be inside another repository, which must not be configured.
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
  // Without Git or a repository, no commits are made from here.
}
