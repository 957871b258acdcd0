import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Mailbox } from '../tools/bench/mailbox.mjs';
import { build } from '../tools/build.mjs';
import { ROOT } from '../tools/workspace/command.mjs';
import { Chroot } from './chroot.mjs';
import { installNode } from './debian-13.mjs';
import { Browser, signIn } from './restore/browser.mjs';

const PROGRAM = '/opt/portillon/apps/api/bin/portillon.mjs';
const SCRIPTS = '/opt/portillon/deploy/backup';
const PAGE = readFileSync(join(ROOT, 'docs/guide/backup.md'), 'utf8');
const UNIT = readFileSync(join(ROOT, 'deploy/backup/binlog-copy.service'), 'utf8');
const COPY = /^ExecStart=(.*)$/m.exec(UNIT)[1];
const PASSWORD = 'orage violet sur la garrigue';
const DATABASE_PASSWORD = 'LettersAndDigits1';
const PORTS = { service: { database: 33_461, http: 33_462 }, restored: { database: 33_471, http: 33_472 } };
const [, BACKUP_RIGHTS] = /GRANT (RELOAD.*?) ON \*\.\* TO backup@localhost/.exec(PAGE);
const TRIES = 300;

/**
 * Backs up a running service, restores it on another machine to the second, and signs people in there with password
 * and code. Each machine is a Debian 13 in a chroot with Debian's MariaDB, its defaults and Node 24; all is run as
 * root, as docs/guide/backup.md says. Needs root and debootstrap.
 */
export async function prove() {
  await build();
  const mailbox = new Mailbox();
  await mailbox.open();
  const machines = makeMachines(mailbox.url);
  try {
    await backUpAndRestore(...machines, mailbox);
  } finally {
    for (const machine of machines) await machine.close();
    await mailbox.close();
  }
}

async function backUpAndRestore(service, restored, mailbox) {
  const browser = await installService(service, mailbox);
  const { base, until, head } = await backUp(service);
  await service.kill();
  cpSync(join(service.folder, 'backup'), join(restored.folder, 'backup'), { recursive: true });

  const place = [base, '/backup/binlog', until];
  console.log(restored.run(['sh', `${SCRIPTS}/drill.sh`, ...place, head], restored.environment('portillon')));
  restored.run(['mv', '/var/lib/mysql', '/var/lib/mysql.empty']);
  restored.run(['sh', `${SCRIPTS}/restore.sh`, ...place, '/var/lib/mysql']);
  await restored.startDatabase();
  restored.portillon(['migrate'], 'portillon-migrate');
  // An instance that was killed counts as running for 90 seconds, which the drill waited for.
  restored.portillon(['restore', 'clean'], 'portillon-migrate');
  console.log(restored.portillon(['audit', 'verify', '--head', head]));
  await restored.serve();
  assert.equal((await browser.on(restored).get('/api/session')).status, 401, 'a session was revived');
  for (const username of ['before.backup', 'after.backup'])
    await signIn(new Browser(restored), { username, password: PASSWORD }, mailbox);
  console.log('  Two people signed in on the other machine, one of whom came after the backup.');
  await backUpAgain(restored);
}

/** The old folder of logs is refused. The commands that the page prints after a restore make backups that can be restored. */
async function backUpAgain(machine) {
  machine.nameBackupAccount();
  assert.throws(() => machine.run(['sh', '-c', COPY], {}, 'pipe'), /has other logs than this server/);
  for (const command of machine.withoutSystemd(printed('Begin a new folder')))
    machine.run(['sh', '-c', command], {}, 'ignore');
  machine.keepCopying();
  await machine.restartDatabase();
  machine.account('after.restore');
  const [head] = /\d+:[0-9a-f]{16,}/.exec(machine.portillon(['audit', 'seal']));
  await sleep(4_000);
  const until = machine.sql("SELECT DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%d %H:%i:%s')").trim();
  await sleep(2_000);
  const base = machine.run(['sh', '-c', 'echo /backup/$(date +%F)-restored']).trim();
  const drill = [`${SCRIPTS}/drill.sh`, base, '/backup/binlog', until, head];
  const said = machine.run(['sh', ...drill], machine.environment('portillon'));
  assert.match(said, /3 accounts are there/);
  console.log('  The restored machine has backups again, in a new folder.');
}

/** The guide's two accounts, an account of the service, and a person who is signed in. */
async function installService(machine, mailbox) {
  await machine.startDatabase();
  machine.sql(`CREATE DATABASE portillon CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    CREATE USER 'portillon-migrate'@'127.0.0.1' IDENTIFIED BY '${DATABASE_PASSWORD}';
    CREATE USER 'portillon'@'127.0.0.1' IDENTIFIED BY '${DATABASE_PASSWORD}';
    CREATE USER backup@localhost IDENTIFIED BY '${DATABASE_PASSWORD}';
    GRANT ${BACKUP_RIGHTS} ON *.* TO backup@localhost`);
  machine.nameBackupAccount();
  for (const command of machine.withoutSystemd(printed('Make the folders')))
    machine.run(['sh', '-c', command]);
  machine.keepCopying();
  machine.grant('migrate');
  machine.portillon(['migrate'], 'portillon-migrate');
  machine.grant('serve');
  machine.account('before.backup');
  await machine.serve();
  const browser = new Browser(machine);
  await signIn(browser, { username: 'before.backup', password: PASSWORD }, mailbox);
  return browser;
}

/**
 * A backup of the running service, as the page prints it. MariaDB restarts, then an account comes that only the binary
 * logs have.
 */
async function backUp(machine) {
  const base = machine.run(['sh', '-c', 'echo /backup/$(date +%F)']).trim();
  for (const command of printed('# Backup and restore').filter((line) => line.startsWith('mariadb-backup')))
    machine.run(['sh', '-c', command], {}, 'ignore');
  await machine.restartDatabase();
  machine.account('after.backup');
  const [head] = /\d+:[0-9a-f]{16,}/.exec(machine.portillon(['audit', 'seal']));
  // What is restored ends before this second, and the copy of the logs is about a second late.
  await sleep(4_000);
  const until = machine.sql("SELECT DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%d %H:%i:%s')").trim();
  await sleep(2_000);
  return { base, until, head };
}

/** The first commands of the page after these words, one a line. */
function printed(after) {
  const [, block] = /```sh\n([^]*?)```/.exec(PAGE.slice(PAGE.indexOf(after)));
  const lines = block.replace(/\\\n\s*/g, '').split('\n');
  return lines.map((line) => line.replace(/\s+# .*/, '').trim()).filter(Boolean);
}

/** Two copies of one Debian, with empty databases. */
function makeMachines(smtpUrl) {
  const debian = new Chroot('trixie', 'mariadb').prepare(['mariadb-server', 'mariadb-backup']);
  installNode(debian);
  debian.close();
  return ['service', 'restored'].map((name) => {
    const chroot = new Chroot('trixie', name);
    chroot.remove();
    execFileSync('cp', ['-a', debian.folder, chroot.folder]);
    chroot.prepare();
    chroot.mount(ROOT, 'opt/portillon');
    return new Machine(chroot, { ...PORTS[name], smtpUrl });
  });
}

/** One machine with its own database and its own server. The keys are the same on both: they are kept elsewhere. */
class Machine {
  static keys = `k1:${Buffer.alloc(32, 'portillon-restore').toString('base64')}`;
  #running = [];
  #log;

  constructor(chroot, { database, http, smtpUrl }) {
    Object.assign(this, { chroot, folder: chroot.folder, database, http, smtpUrl });
    this.#log = openSync(`${chroot.folder}.log`, 'w');
    // The guide's settings for binary logs, and a port: the machines share a network.
    const lines = ['[mariadbd]', `port=${database}`, 'log_bin=binlog', 'sync_binlog=1'];
    lines.push('binlog_expire_logs_seconds=259200');
    const file = join(this.folder, 'etc/mysql/mariadb.conf.d/60-portillon.cnf');
    writeFileSync(file, `${lines.join('\n')}\n`);
  }

  environment(account) {
    return {
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://portillon.example',
      TRUSTED_PROXIES: '127.0.0.1',
      HOST: '127.0.0.1',
      PORT: String(this.http),
      OPS_PORT: '0',
      SMTP_URL: this.smtpUrl,
      SMTP_ALLOW_PLAIN: 'true',
      MAIL_FROM: 'portillon@portillon.example',
      SECRET_KEYS: Machine.keys,
      DATABASE_URL: `mysql://${account}:${DATABASE_PASSWORD}@127.0.0.1:${this.database}/portillon`,
    };
  }

  /** As root. @throws with its output on standard error, unless it ends with 0 */
  run(command, env = {}, stderr = 'inherit', input = '') {
    return this.chroot.run(command, { env, input, stdio: ['pipe', 'pipe', stderr] });
  }

  portillon(words, account = 'portillon', input = '') {
    return this.run([PROGRAM, ...words], this.environment(account), 'inherit', input);
  }

  account(name) {
    const given = ['--username', name, '--email', `${name}@portillon.example`, '--name', name];
    this.portillon(['account', 'create', ...given, '--password-stdin'], 'portillon', PASSWORD);
  }

  /** As root by unix_socket, Debian's default. */
  sql(text) {
    return this.run(['mariadb', '-N'], {}, 'inherit', text);
  }

  grant(which) {
    const accounts = ['--migrate-as', 'portillon-migrate@127.0.0.1', '--serve-as', 'portillon@127.0.0.1'];
    this.sql(this.portillon(['migrate', '--grants', which, ...accounts]));
  }

  /** Starts it as Debian's unit does. */
  async startDatabase() {
    this.run(['install', '-d', '-o', 'mysql', '-g', 'root', '/run/mysqld']);
    this.start('mariadbd', ['--user=mysql']);
    const answers = () => {
      try {
        return Boolean(this.run(['mariadb-admin', 'ping'], {}, 'ignore'));
      } catch {
        return false;
      }
    };
    await until(answers, 'MariaDB');
  }

  nameBackupAccount() {
    const options = `[client]\nuser=backup\npassword=${DATABASE_PASSWORD}\n`;
    writeFileSync(join(this.folder, 'etc/mysql/backup.cnf'), options, { mode: 0o600 });
  }

  async restartDatabase() {
    this.run(['mariadb-admin', 'shutdown']);
    await this.startDatabase();
  }

  /** A chroot has no systemd: {@link keepCopying} does what the unit says. */
  withoutSystemd(commands) {
    return commands.filter((command) => !command.startsWith('systemctl'));
  }

  /** As the unit: again a second after it ended. */
  keepCopying() {
    const child = this.start('/bin/sh', ['-c', `exec ${COPY}`]);
    child.once('exit', () => {
      const at = this.#running.indexOf(child);
      if (at < 0) return;
      this.#running.splice(at, 1);
      setTimeout(() => this.keepCopying(), 1_000);
    });
  }

  async serve() {
    this.start(PROGRAM, ['serve'], this.environment('portillon'));
    const browser = new Browser(this);
    await until(
      async () => (await browser.get('/health/ready').catch(() => ({}))).status === 200,
      'Portillon',
    );
  }

  start(program, words, env = {}) {
    const environment = { PATH: '/usr/sbin:/usr/bin:/usr/local/bin', ...env };
    const child = spawn('chroot', [this.folder, program, ...words], {
      env: environment,
      stdio: ['ignore', this.#log, this.#log],
    });
    this.#running.push(child);
    return child;
  }

  /** As a machine that is lost: nothing ends in order. */
  async kill() {
    for (const child of this.#running.splice(0).reverse())
      if (child.kill('SIGKILL')) await once(child, 'exit');
  }

  async close() {
    await this.kill();
    this.chroot.close();
  }
}

async function until(holds, name) {
  for (let tries = 0; tries < TRIES; tries++, await sleep(200)) if (await holds()) return;
  throw new Error(`${name} did not start.`);
}
