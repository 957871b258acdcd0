import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Mailbox } from '../tools/bench/mailbox.mjs';
import { build } from '../tools/build.mjs';
import { ROOT } from '../tools/workspace/command.mjs';
import { Chroot } from './chroot.mjs';
import { installNode } from './debian-13.mjs';

const PROGRAM = '/opt/portillon/apps/api/bin/portillon.mjs';
const SCRIPTS = '/opt/portillon/deploy/backup';
const PASSWORD = 'orage violet sur la garrigue';
const DATABASE_PASSWORD = 'LettersAndDigits1';
const PORTS = { service: { database: 33_461, http: 33_462 }, restored: { database: 33_471, http: 33_472 } };
const BACKUP_RIGHTS = 'RELOAD, PROCESS, LOCK TABLES, BINLOG MONITOR, REPLICATION SLAVE';
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
  const { until, head } = await backUp(service);
  await service.kill();
  cpSync(join(service.folder, 'backup'), join(restored.folder, 'backup'), { recursive: true });

  const place = ['/backup/base', '/backup/binlog', until];
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
  for (const name of ['before.backup', 'after.backup']) await signIn(new Browser(restored), name, mailbox);
  console.log('  Two people signed in on the other machine, one of whom came after the backup.');
}

/** The guide's two accounts, an account of the service, and a person who is signed in. */
async function installService(machine, mailbox) {
  await machine.startDatabase();
  machine.sql(`CREATE DATABASE portillon CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    CREATE USER 'portillon-migrate'@'127.0.0.1' IDENTIFIED BY '${DATABASE_PASSWORD}';
    CREATE USER 'portillon'@'127.0.0.1' IDENTIFIED BY '${DATABASE_PASSWORD}';
    CREATE USER backup@localhost IDENTIFIED BY '${DATABASE_PASSWORD}';
    GRANT ${BACKUP_RIGHTS} ON *.* TO backup@localhost`);
  machine.grant('migrate');
  machine.portillon(['migrate'], 'portillon-migrate');
  machine.grant('serve');
  machine.account('before.backup');
  await machine.serve();
  const browser = new Browser(machine);
  await signIn(browser, 'before.backup', mailbox);
  return browser;
}

/** A backup of the running service, then an account that only the binary logs have. */
async function backUp(machine) {
  const as = ['--user=backup', `--password=${DATABASE_PASSWORD}`];
  machine.run(['mkdir', '-p', '/backup/binlog']);
  const copy = ['--read-from-remote-server', '--raw', '--stop-never', '--result-file=/backup/binlog/'];
  machine.start('mariadb-binlog', [...copy, ...as, 'binlog.000001']);
  machine.run(['mariadb-backup', '--backup', '--target-dir=/backup/base', ...as], {}, 'ignore');
  machine.account('after.backup');
  const [head] = /\d+:[0-9a-f]{16,}/.exec(machine.portillon(['audit', 'seal']));
  // What is restored ends before this second, and the copy of the logs is about a second late.
  await sleep(2_000);
  const until = machine.sql("SELECT DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%d %H:%i:%s')").trim();
  await sleep(2_000);
  return { until, head };
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

/** A browser behind the proxy of the service. */
class Browser {
  #cookies = new Map();

  constructor({ http }) {
    this.http = http;
  }

  /** The same browser, at another machine. */
  on({ http }) {
    this.http = http;
    return this;
  }

  get(path) {
    return this.#ask(path, {});
  }

  post(path, body) {
    const headers = { 'content-type': 'application/json' };
    return this.#ask(path, { method: 'POST', body: JSON.stringify(body), headers });
  }

  async #ask(path, { headers, ...request }) {
    const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
    const proxied = { 'x-forwarded-host': 'portillon.example', 'x-forwarded-proto': 'https', cookie };
    const answer = await fetch(`http://127.0.0.1:${this.http}${path}`, {
      ...request,
      headers: { ...headers, ...proxied },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set);
      this.#cookies.set(name, value);
    }
    return answer;
  }
}

async function signIn(browser, username, mailbox) {
  const begun = await browser.post('/api/sign-in/password', { username, password: PASSWORD });
  assert.equal((await begun.json()).status, 'code-required', `${username} was not asked for a code`);
  const code = await mailbox.codeFor(`${username}@portillon.example`);
  assert.equal((await browser.post('/api/sign-in/code', { code })).status, 200, `${username}: wrong code`);
  assert.equal((await browser.get('/api/session')).status, 200, `${username} has no session`);
}

async function until(holds, name) {
  for (let tries = 0; tries < TRIES; tries++, await sleep(200)) if (await holds()) return;
  throw new Error(`${name} did not start.`);
}
