import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../tools/workspace/command.mjs';

/** The archive of /opt/portillon at the last commit, as a file; built and checked once for each commit. */
export function releaseArchive() {
  const commit = execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).trim();
  const archive = join(tmpdir(), `portillon-proofs-${commit}.tar.gz`);
  if (!existsSync(archive)) build(archive);
  return archive;
}

function build(archive) {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-proofs-release-'));
  try {
    execFileSync('sh', ['docker/check.sh', folder], { cwd: ROOT, stdio: 'inherit' });
    const program = join(folder, 'app');
    execFileSync('tar', ['-C', program, '--owner=root', '--group=root', '-czf', archive, '.']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
