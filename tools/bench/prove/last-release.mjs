import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../workspace/command.mjs';

/** Commit of the release in use: update it after each release. */
const LAST = 'b2862ea4cbc0de9f25fdd7250674d07db33b1456';
const TARGET = join(ROOT, 'tmp', 'last-release');

/** Builds the server of the last release, with the packages of its lock file. Returns the path of its command. */
export function buildLastRelease() {
  rmSync(TARGET, { recursive: true, force: true });
  mkdirSync(TARGET, { recursive: true });
  const archive = execFileSync('git', ['archive', LAST], { cwd: ROOT, maxBuffer: 1 << 30 });
  execFileSync('tar', ['-x', '-C', TARGET], { input: archive });
  execFileSync('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], {
    cwd: TARGET,
    stdio: 'pipe',
  });
  // Uses the present pages: building the old ones takes as long again, and the new ones work with the old server.
  cpSync(join(ROOT, 'apps/web/dist'), join(TARGET, 'apps/web/dist'), { recursive: true });
  const rolldown = join(TARGET, 'node_modules/rolldown/bin/cli.mjs');
  execFileSync(process.execPath, [rolldown, '-c', 'rolldown.config.mjs'], {
    cwd: join(TARGET, 'apps/api'),
    stdio: 'pipe',
  });
  return join(TARGET, 'apps/api/bin/portillon.mjs');
}
