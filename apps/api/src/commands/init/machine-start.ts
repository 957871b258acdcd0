import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CommandRefusal } from '../refusal';
import { createAccounts, grantServing } from './database-accounts';
import { databaseAnswer } from './database-answer';
import type { Deployment } from './deployment';
import { type Instance, NGINX_FOLDER } from './nginx-files';
import { administratorOptions } from './questions';
import { RELEASE } from './release-files';

const COMMAND = '/usr/local/bin/portillon';
/** The answers of the last run. */
export const ANSWERS = '/etc/portillon/answers.yaml';
/** Written where the answer names no administrator of the database. */
export const ACCOUNTS_SQL = '/etc/portillon/accounts.sql';
/** Debian's own site is the default server of port 80. */
const DEFAULT_SITE = `${NGINX_FOLDER}/sites-enabled/default`;

/** Makes accounts and tables, and starts the instances, or restarts them one by one after a change. */
export async function startMachine(
  deployment: Deployment,
  instances: Instance[],
  changed: string[],
): Promise<void> {
  const { answers, settings, passwords, publicUrl, tls } = deployment;
  requirePrograms(['curl', 'systemd-run', ...(tls.kind === 'nginx' ? ['nginx'] : [])]);
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
  for (const { number } of instances) run('systemctl', ['enable', '--quiet', `portillon@${number}`]);
  run('sh', [join(RELEASE, 'deploy/systemd/roll.sh')]);
  const { status } = spawnSync(COMMAND, ['doctor'], { stdio: 'inherit' });
  if (status !== 0) console.log('Correct what FAIL names, then run "portillon doctor" again.');
  console.log(
    `Open ${publicUrl}. The invitation of ${answers.administrator} has a link to choose a password.`,
  );
}

function requirePrograms(names: string[]): void {
  const missing = names.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
  if (missing.length > 0)
    throw new CommandRefusal(`Install ${missing.join(' and ')}, then run "portillon init" again.`);
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
  else if (!stderr.includes('Not created')) throw new CommandRefusal(stderr.trim());
}

function startNginx(changed: string[]): void {
  if (existsSync(DEFAULT_SITE)) rmSync(DEFAULT_SITE);
  run('nginx', ['-tq']);
  run('systemctl', ['enable', '--quiet', '--now', 'nginx', 'portillon-watch']);
  if (changed.some((path) => path.startsWith(NGINX_FOLDER))) run('systemctl', ['reload', 'nginx']);
}

function run(command: string, args: string[]): void {
  try {
    execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  } catch {
    throw new CommandRefusal(
      `"${[command, ...args].join(' ')}" failed: see above. Then run "portillon init" again.`,
    );
  }
}
