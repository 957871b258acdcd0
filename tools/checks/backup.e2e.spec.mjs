import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';
import { PROGRAM } from '../workspace/server.mjs';
import { IN_CI, machine } from './machine.mjs';

const canRun = IN_CI || (machine.mariadb && machine.mariadbBackup);
/** Of a data folder of 20 MB in place of 140. */
const SMALL = [
  '--innodb-log-file-size=8M',
  '--innodb-data-file-path=ibdata1:10M:autoextend',
  '--innodb-undo-tablespaces=0',
];
/** The mistake is made an hour from now: binary logs tell its second by the clock of its session. */
const AN_HOUR = 3_600;

describe.runIf(canRun)('a table dropped by mistake, after the last backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-backup-'));
  const data = join(folder, 'data');
  const base = join(folder, 'base');
  const socket = join(folder, 'sock');
  const owner = userInfo().username;
  let server;
  let environment;

  beforeAll(async () => {
    const port = await freePort();
    const user = process.getuid() === 0 ? ['--user=root'] : [];
    execFileSync('mariadb-install-db', [
      '--no-defaults',
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      ...SMALL,
      `--datadir=${data}`,
      ...user,
    ]);
    server = spawn(machine.mariadb ?? 'mariadbd', [
      ...['--no-defaults', ...SMALL, `--datadir=${data}`, `--socket=${socket}`, ...user],
      ...[`--port=${port}`, '--bind-address=127.0.0.1', '--log-bin=binlog', '--server-id=1'],
    ]);
    while (spawnSync('mariadb-admin', [`--socket=${socket}`, '--user=root', 'ping']).status !== 0)
      await sleep(100);
    sql(
      'CREATE DATABASE portillon COLLATE utf8mb4_bin; CREATE USER portillon@127.0.0.1; GRANT ALL ON portillon.* TO portillon@127.0.0.1',
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
  });

  afterAll(async () => {
    if (server?.kill('SIGTERM')) await once(server, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });

  const sql = (text) =>
    execFileSync('mariadb', [`--socket=${socket}`, '--user=root', '-N', '-e', text], { encoding: 'utf8' });
  const account = (name) =>
    portillon(
      ['account', 'create', '--username', name, '--email', `${name}@portillon.example`, '--name', name],
      environment,
    );

  it('is there again as it was the second before, with all that came after the backup, and the journal proves it', async () => {
    account('before.backup');
    mkdirSync(base);
    execFileSync(
      'mariadb-backup',
      ['--backup', `--target-dir=${base}`, `--socket=${socket}`, '--user=root'],
      { stdio: 'ignore' },
    );
    account('after.backup');
    portillon(['limits', 'clear', '--account', 'after.backup'], environment);
    const [head] = /\d+:[0-9a-f]{16,}/.exec(portillon(['audit', 'seal'], environment));
    const mistake = Number(sql('SELECT UNIX_TIMESTAMP()')) + AN_HOUR;
    sql(
      `SET foreign_key_checks = 0; SET timestamp = ${mistake}; DROP TABLE portillon.account; FLUSH BINARY LOGS`,
    );

    const { status, stdout, stderr } = spawnSync(
      'sh',
      [join(ROOT, 'deploy/backup/drill.sh'), base, data, utc(mistake), head],
      {
        encoding: 'utf8',
        env: {
          ...environment,
          PORTILLON: PROGRAM,
          MYSQL_USER: owner,
          DRILL_PORT: String(await freePort()),
        },
      },
    );
    expect(`${stdout}${stderr}`).toMatch(/The service would be back \d+ s after the order/);
    expect(status).toBe(0);
    expect(stdout).toContain('2 accounts are there.');
  });
});

function portillon(words, env) {
  return execFileSync(PROGRAM, words, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** As restore.sh takes it. */
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
