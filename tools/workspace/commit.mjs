import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ROOT } from './command.mjs';

const LENGTH = 8;
const UNKNOWN = 'unknown';

/** Commit of these sources, eight digits: `PORTILLON_COMMIT` (an image has no repository), or Git's. Default: `unknown`. */
export function commit() {
  const given = process.env.PORTILLON_COMMIT || ofRepository();
  return given === UNKNOWN ? UNKNOWN : given.slice(0, LENGTH);
}

function ofRepository() {
  try {
    const args = ['rev-parse', '--show-toplevel', 'HEAD'];
    const answer = execFileSync('git', args, {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [folder, head] = answer.trim().split('\n');
    // An unpacked archive may be inside another repository.
    return realpathSync(folder) === realpathSync(ROOT) ? head : UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}

// For Nx: a bundle of another commit is built again.
if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href)
  console.log(commit());
