import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../tools/workspace/command.mjs';
import { PROGRAM } from '../../tools/workspace/server.mjs';
import { machine } from '../../tools/checks/machine.mjs';

/** Settings for a data folder of 20 MB instead of 140 MB. */
const SMALL = [
  '--innodb-log-file-size=8M',
  '--innodb-data-file-path=ibdata1:10M:autoextend',
  '--innodb-undo-tablespaces=0',
];
/** The destructive statement is dated one hour ahead: binary logs use the session's time. */
const AN_HOUR = 3_600;

/** Root account for the user of Debian's MariaDB, which authenticates by the system user name. */
const OWNER = process.getuid() === 0 ? 'mysql' : userInfo().username;
const COPY = join(ROOT, 'deploy/backup/binlog.sh');
/** Rights of a backup account, as listed in the guide. */
const BACKUP_RIGHTS = 'RELOAD, PROCESS, LOCK TABLES, BINLOG MONITOR, REPLICATION SLAVE';

describe('a table dropped by mistake, after the last backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-backup-'));
  const data = join(folder, 'data');
  const base = join(folder, 'base');
  const copies = join(folder, 'copies');
  const metric = join(folder, 'binlog.prom');
  const socket = join(data, 'sock');
  const copyEnvironment = {
    PATH: process.env.PATH,
    BACKUP_CNF: join(folder, 'backup.cnf'),
    TEXTFILE: metric,
  };
  let server;
  let copying;
  let environment;
  let mistake;
  let head;

  beforeAll(async () => {
    const port = await freePort();
    const user = process.getuid() === 0 ? ['--user=mysql'] : [];
    chmodSync(folder, 0o755);
    execFileSync('mariadb-install-db', [
      '--no-defaults',
      '--skip-test-db',
      ...SMALL,
      `--datadir=${data}`,
      ...user,
    ]);
    const start = async () => {
      server = spawn(machine.mariadb ?? 'mariadbd', [
        ...['--no-defaults', ...SMALL, `--datadir=${data}`, `--socket=${socket}`, ...user],
        ...[`--port=${port}`, '--bind-address=127.0.0.1', '--log-bin=binlog', '--server-id=1'],
      ]);
      while (spawnSync('mariadb-admin', [`--socket=${socket}`, 'ping']).status !== 0) await sleep(100);
    };
    await start();
    sql(
      `CREATE DATABASE portillon COLLATE utf8mb4_bin; CREATE USER portillon@127.0.0.1; GRANT ALL ON portillon.* TO portillon@127.0.0.1; CREATE USER backup@localhost; GRANT ${BACKUP_RIGHTS} ON *.* TO backup@localhost`,
    );
    environment = {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://portillon.example',
      SMTP_URL: 'smtps://portillon.example',
      MAIL_FROM: 'portillon@portillon.example',
      DATABASE_URL: `mysql://portillon@127.0.0.1:${port}/portillon`,
      SECRET_KEYS: portillon(['keys', 'new'], { PATH: process.env.PATH }).trim(),
    };
    portillon(['migrate'], environment);
    account('before.backup');
    mkdirSync(base);
    mkdirSync(copies);
    writeFileSync(copyEnvironment.BACKUP_CNF, `[client]\nuser=backup\nsocket=${socket}\n`);
    // As the unit does, again when it ends.
    const copy = () => {
      copying = spawn('sh', [COPY, copies], { env: copyEnvironment, detached: true, stdio: 'ignore' });
      copying.once('exit', () => copying && setTimeout(copy, 500));
    };
    copy();
    execFileSync(
      'mariadb-backup',
      ['--backup', `--target-dir=${base}`, `--socket=${socket}`, '--user=backup'],
      { stdio: 'ignore' },
    );
    server.kill('SIGTERM');
    await once(server, 'exit');
    await start();
    account('after.backup');
    portillon(['limits', 'clear', '--account', 'after.backup'], environment);
    [head] = /\d+:[0-9a-f]{16,}/.exec(portillon(['audit', 'seal'], environment));
    mistake = Number(sql('SELECT UNIX_TIMESTAMP()')) + AN_HOUR;
    sql(
      `SET foreign_key_checks = 0; SET timestamp = ${mistake}; DROP TABLE portillon.account; FLUSH BINARY LOGS`,
    );
    const last = sql('SHOW BINARY LOGS').trim().split('\n').at(-1).split('\t')[0];
    while (!existsSync(join(copies, last))) await sleep(100);
    while (!existsSync(metric)) await sleep(100);
  });

  afterAll(async () => {
    const last = copying;
    copying = undefined;
    if (last) process.kill(-last.pid);
    if (server?.kill('SIGTERM')) await once(server, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });

  const sql = (text) =>
    execFileSync('mariadb', [`--socket=${socket}`, '-N', '-e', text], { encoding: 'utf8' });
  const account = (name) =>
    portillon(
      ['account', 'create', '--username', name, '--email', `${name}@portillon.example`, '--name', name],
      environment,
    );
  const drill = async (from, logs) =>
    spawnSync('sh', [join(ROOT, 'deploy/backup/drill.sh'), from, logs, utc(mistake), head], {
      encoding: 'utf8',
      env: {
        ...environment,
        PORTILLON: PROGRAM,
        DRILL_PORT: String(await freePort()),
        DRILL_LOG: join(folder, 'drill.log'),
        ...(OWNER === 'mysql' ? {} : { MYSQL_USER: OWNER }),
      },
    });

  it('is restored as it was the second before, with all that came after the backup, and the journal proves it', async () => {
    const { status, stdout, stderr } = await drill(base, copies);
    expect(`${stdout}${stderr}`).toMatch(/The service would be back \d+ s after the order/);
    expect(status).toBe(0);
    expect(stdout).toContain('2 accounts are there.');
  });

  it('is copied on after a restart of MariaDB, with the time of the last copied event', () => {
    const logs = ['binlog.000001', 'binlog.000002'].map((name) => join(copies, name));
    expect(logs.every((log) => statSync(log).size > 0)).toBe(true);
    const [, seconds] = /^mariadb_binlog_copied_timestamp_seconds (\d+)$/m.exec(readFileSync(metric, 'utf8'));
    expect(Math.abs(Date.now() / 1_000 - Number(seconds))).toBeLessThan(120);
  });

  it('is never written over by the logs of a server that was restored', () => {
    const before = join(folder, 'before');
    mkdirSync(before);
    copyFileSync(join(data, 'binlog.000002'), join(before, 'binlog.000001'));
    const { status, stderr } = spawnSync('sh', [COPY, before], { env: copyEnvironment, encoding: 'utf8' });
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/has other logs than this server, after a restore/),
    ]);
    expect(readFileSync(join(before, 'binlog.000001'))).toEqual(readFileSync(join(data, 'binlog.000002')));
  });

  it('says in one sentence which file is missing, and keeps what MariaDB wrote', async () => {
    const { status, stderr } = await drill(base, base);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/lacks binlog\.\d+, where the backup ends\./);
    expect(stderr.trim().split('\n')).toHaveLength(2);
    expect(readFileSync(join(folder, 'drill.log'), 'utf8')).not.toBe('');
  });
});

function portillon(words, env) {
  return execFileSync(PROGRAM, words, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Format that restore.sh accepts. */
function utc(seconds) {
  return new Date(seconds * 1_000).toISOString().slice(0, 19).replace('T', ' ');
}

async function freePort() {
  const listening = createServer().listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address();
  listening.close();
  return port;
}
