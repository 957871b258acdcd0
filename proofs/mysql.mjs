import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { ROOT } from '../tools/workspace/command.mjs';
import { Chroot } from './chroot.mjs';

const PORTS = [33_407, 33_408, 33_409];
const GROUP = '8d1c4a52-6a1e-4f0e-9a35-1f0e6c2f7b10';
const START_TRIES = 300;

/** Runs the database specs and one sign-in on a MySQL server of Debian unstable, then on three in Group Replication. */
export async function prove() {
  const chroot = new Chroot('unstable').prepare(['mysql-server-core']);
  try {
    const [{ version }] = await onServers(chroot, PORTS.slice(0, 1), async ([server]) => {
      runSpecs(PORTS[0]);
      return select(server, 'SELECT VERSION() AS version');
    });
    console.log(`MySQL ${version}: the database specs and the sign-ins passed.`);
    await onServers(chroot, PORTS, async (servers) => {
      await group(servers);
      runSpecs(PORTS[0]);
      await sameEverywhere(servers);
    });
    console.log(`MySQL ${version}, three in Group Replication: the same.`);
  } finally {
    chroot.close();
  }
}

/** The sign-ins use the guide's two accounts, with the rights that `portillon migrate --grants` prints. */
function runSpecs(port) {
  const env = { ...process.env, CI: 'true', PORTILLON_TEST_MARIADB_PORT: String(port) };
  const jest = (...words) =>
    execFileSync(process.execPath, [join(ROOT, 'node_modules/jest/bin/jest.js'), ...words], {
      cwd: ROOT,
      env,
      stdio: 'inherit',
    });
  jest('--testPathPatterns', '\\.db\\.spec\\.ts$', '--silent');
  jest('-c', 'apps/api-e2e/jest.config.cjs', 'apps/api-e2e/src/sign-in/sign-in.spec');
}

async function onServers(chroot, ports, work) {
  const servers = [];
  try {
    for (const port of ports) servers.push(await start(chroot, port));
    return await work(servers);
  } finally {
    for (const { process: running } of servers) if (running.kill('SIGTERM')) await once(running, 'exit');
  }
}

/** Starts a server with a new data folder that admits root from this machine. */
async function start(chroot, port) {
  const folder = `/var/lib/portillon-${port}`;
  chroot.run([
    'sh',
    '-c',
    `id mysql >/dev/null 2>&1 || useradd --system mysql; rm -rf ${folder}; install -d -o mysql ${folder}`,
  ]);
  const where = ['--no-defaults', '--user=mysql', `--datadir=${folder}/data`, '--secure-file-priv=NULL'];
  chroot.run(['mysqld', ...where, '--initialize-insecure'], { stdio: 'ignore' });
  const running = spawn(
    'chroot',
    [
      ...[
        chroot.folder,
        'mysqld',
        ...where,
        `--socket=${folder}/socket`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
      ],
      ...['--mysqlx=OFF', '--innodb-flush-log-at-trx-commit=0', '--sync-binlog=0', '--skip-name-resolve'],
      ...['--character-set-server=utf8mb4', '--collation-server=utf8mb4_bin', `--server-id=${port}`],
      ...[
        '--gtid-mode=ON',
        '--enforce-gtid-consistency=ON',
        `--report-host=127.0.0.1`,
        `--report-port=${port}`,
      ],
    ],
    { stdio: 'ignore' },
  );
  await openRoot(join(chroot.folder, folder, 'socket'));
  return { port, process: running };
}

async function openRoot(socketPath) {
  for (let tries = 0; ; tries++) {
    const connection = await createConnection({ socketPath, user: 'root' }).catch((error) => {
      if (tries === START_TRIES) throw error;
    });
    if (connection) {
      // Not replicated: each server of a group creates it.
      await connection.query('SET SESSION sql_log_bin = 0');
      await connection.query("CREATE USER root@'127.0.0.1' IDENTIFIED BY ''");
      await connection.query("GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION");
      return connection.end();
    }
    await sleep(100);
  }
}

async function group(servers) {
  const local = ({ port }) => `127.0.0.1:${port + 100}`;
  for (const server of servers) {
    await each(server, [
      "INSTALL PLUGIN group_replication SONAME 'group_replication.so'",
      `SET GLOBAL group_replication_group_name = '${GROUP}'`,
      `SET GLOBAL group_replication_local_address = '${local(server)}'`,
      `SET GLOBAL group_replication_group_seeds = '${servers.map(local).join(',')}'`,
      'SET GLOBAL group_replication_recovery_get_public_key = ON',
      "CHANGE REPLICATION SOURCE TO SOURCE_USER = 'root' FOR CHANNEL 'group_replication_recovery'",
      `SET GLOBAL group_replication_bootstrap_group = ${server === servers[0] ? 'ON' : 'OFF'}`,
      'START GROUP_REPLICATION',
      'SET GLOBAL group_replication_bootstrap_group = OFF',
    ]);
  }
  const members = 'SELECT MEMBER_STATE AS state FROM performance_schema.replication_group_members';
  for (let tries = 0; ; tries++) {
    const states = (await select(servers[0], members)).map(({ state }) => state);
    if (states.length === servers.length && states.every((state) => state === 'ONLINE')) return;
    if (tries === START_TRIES) throw new Error(`The group has ${states.join(', ')}`);
    await sleep(100);
  }
}

/** Waits until the other servers have the first server's writes. */
async function sameEverywhere(servers) {
  const [{ done }] = await select(servers[0], 'SELECT @@global.gtid_executed AS done');
  for (const server of servers) {
    const [{ late }] = await select(server, `SELECT WAIT_FOR_EXECUTED_GTID_SET('${done}', 60) AS late`);
    if (Number(late) !== 0) throw new Error(`The server on ${server.port} is behind`);
  }
}

async function select({ port }, sql) {
  const connection = await createConnection({ host: '127.0.0.1', port, user: 'root' });
  return connection
    .query(sql)
    .then(([rows]) => rows)
    .finally(() => connection.end());
}

async function each(server, statements) {
  const connection = await createConnection({ host: '127.0.0.1', port: server.port, user: 'root' });
  for (const statement of statements) await connection.query(statement);
  await connection.end();
}
