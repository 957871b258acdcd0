import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../workspace/command.mjs';

/** Release in use: update it after each release. */
export const LAST = '1.0.0-rc.1';
const TARGET = join(ROOT, 'tmp', 'last-release');

/** Builds the server of the last release, with the packages of its lock file. Returns the path of its command. */
export function buildLastRelease() {
  rmSync(TARGET, { recursive: true, force: true });
  mkdirSync(TARGET, { recursive: true });
  const archive = execFileSync('git', ['archive', commitOf(LAST)], { cwd: ROOT, maxBuffer: 1 << 30 });
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

/** The tagged commit of a version; before it is tagged, the commit that wrote the version into the manifest. */
export function commitOf(version) {
  const git = (...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  if (git('tag', '--list', `v${version}`)) return `v${version}`;
  const written = ['-S', `"version": "${version}"`, '--', 'package.json'];
  const commits = git('log', '--format=%H', '--reverse', ...written).split('\n');
  if (!commits[0]) throw new Error(`No commit names version ${version}: is the clone complete?`);
  return commits[0];
}
