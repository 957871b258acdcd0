import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { Refusal } from '../refusal';
import { createAccounts, grantServing } from './database-accounts';
import { databaseAnswer } from './database-answer';
import type { Deployment } from './deployment';
import { NGINX_FOLDER } from './nginx-files';
import { administratorOptions } from './questions';

const COMMAND = '/usr/local/bin/portillon';
/** The answers of the last run. */
export const ANSWERS = '/etc/portillon/answers.yaml';
/** Written where the answer names no administrator of the database. */
export const ACCOUNTS_SQL = '/etc/portillon/accounts.sql';
const INSTANCE_SCRIPT = `${NGINX_FOLDER}/portillon/instance.sh`;
/** Debian's own site is the default server of port 80. */
const DEFAULT_SITE = `${NGINX_FOLDER}/sites-enabled/default`;

/** An instance of the unit portillon@. */
export interface Instance {
  number: number;
  port: number;
}

/** Makes accounts and tables, and starts the instances, or restarts them one by one after a change. */
export async function startMachine(
  deployment: Deployment,
  instances: Instance[],
  changed: string[],
): Promise<void> {
  const { answers, settings, passwords, publicUrl, tls } = deployment;
  createUser();
  run('systemctl', ['daemon-reload']);
  const { hasAdministrator } = databaseAnswer(answers.database);
  if (hasAdministrator) await createAccounts(answers.database, settings, passwords);
  else
    console.log(
      `If the database has no account for the service yet, have its administrator run ${ACCOUNTS_SQL}.`,
    );
  run(COMMAND, ['migrate']);
  if (hasAdministrator) await grantServing(answers.database, settings);
  else
    console.log('Have the administrator of the database run the SQL of "portillon migrate --grants serve".');
  createAdministrator(answers.administrator);
  if (tls.kind === 'nginx') startNginx(changed);
  const isOld = changed.some((path) => !path.startsWith(NGINX_FOLDER) && path !== ANSWERS);
  for (const instance of instances) startInstance(instance, isOld, tls.kind === 'nginx');
  const { status } = spawnSync(COMMAND, ['doctor'], { stdio: 'inherit' });
  if (status !== 0) console.log('Correct what FAIL names, then run "portillon doctor" again.');
  console.log(
    `Open ${publicUrl}. The invitation of ${answers.administrator} has a link to choose a password.`,
  );
}

function createUser(): void {
  if (spawnSync('id', ['portillon'], { stdio: 'ignore' }).status === 0) return;
  run('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'portillon']);
}

/** Does nothing if the account exists. */
function createAdministrator(answer: string): void {
  const args = administratorOptions(answer);
  const { status, stdout, stderr } = spawnSync(COMMAND, ['account', 'create', ...args], { encoding: 'utf8' });
  if (status === 0) console.log(stdout.trim());
  else if (!stderr.includes('Not created')) throw new Refusal(stderr.trim());
}

function startNginx(changed: string[]): void {
  if (existsSync(DEFAULT_SITE)) rmSync(DEFAULT_SITE);
  run('nginx', ['-tq']);
  run('systemctl', ['enable', '--quiet', '--now', 'nginx']);
  if (changed.some((path) => path.startsWith(NGINX_FOLDER))) run('systemctl', ['reload', 'nginx']);
}

/** systemd returns when the instance is ready. A running one leaves nginx meanwhile. */
function startInstance({ number, port }: Instance, isOld: boolean, isBehindNginx: boolean): void {
  const unit = `portillon@${number}`;
  const isRunning = spawnSync('systemctl', ['is-active', '--quiet', unit]).status === 0;
  run('systemctl', ['enable', '--quiet', '--now', unit]);
  if (!isRunning || !isOld) return;
  const move = (direction: 'in' | 'out') => {
    if (isBehindNginx) run('sh', [INSTANCE_SCRIPT, direction, `127.0.0.1:${port}`]);
  };
  move('out');
  run('systemctl', ['restart', unit]);
  move('in');
}

function run(command: string, args: string[]): void {
  try {
    execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  } catch {
    throw new Refusal(
      `"${[command, ...args].join(' ')}" failed: see above. Then run "portillon init" again.`,
    );
  }
}
