import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';

const LIBRARY = '/usr/lib/galera/libgalera_smm.so';
const START_MS = 60_000;
const NODES = 3;

/** Three Galera nodes behind HAProxy, as in docs/guide/instances.md: clients write to the first node that is up. */
export class GaleraCluster {
  #nodes = [];
  #haproxy;

  /** `freePort` returns a free port of the loopback interface; `folder` contains all data. */
  static async start(folder, freePort) {
    const cluster = new GaleraCluster();
    for (let at = 0; at < NODES; at++)
      cluster.#nodes.push(new Node(join(folder, `node-${at}`), await freePort(), await freePort()));
    await cluster.#form();
    cluster.port = await freePort();
    cluster.#haproxy = await startHaproxy(folder, cluster.port, cluster.#nodes);
    return cluster;
  }

  async createDatabase(name) {
    await this.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    return `mysql://root@127.0.0.1:${this.port}/${name}`;
  }

  /** Runs on the written node, through the proxy; waits while there is none. */
  async query(sql) {
    for (const from = performance.now(); ; await sleep(200)) {
      try {
        return await queryOn(this.port, sql);
      } catch (error) {
        if (performance.now() - from > START_MS) throw error;
      }
    }
  }

  /** Sends kill -9 to the node that all instances write to. */
  killWriter() {
    return this.#nodes[0].kill('SIGKILL');
  }

  /** Restarts it like Debian's unit: from the position in its storage. */
  async restartWriter() {
    const [writer] = this.#nodes;
    writer.start(this.#address(), [`--wsrep-start-position=${writer.recovered(this.#address())}`]);
    await writer.synced(NODES);
  }

  async stop() {
    this.#haproxy?.kill('SIGKILL');
    await Promise.all(this.#nodes.map((node) => node.kill('SIGKILL')));
  }

  /** The first node is created and stopped cleanly; the others start as its copies, without a state transfer. */
  async #form() {
    const [first, ...others] = this.#nodes;
    const args = ['--no-defaults', '--auth-root-authentication-method=normal', '--skip-test-db'];
    execFileSync('mariadb-install-db', [...args, `--datadir=${first.data}`, ...asRoot()], { stdio: 'pipe' });
    await this.#found(first);
    await queryOn(first.port, "CREATE USER haproxy@'%'");
    await first.kill('SIGTERM');
    for (const { data } of others) cpSync(first.data, data, { recursive: true });
    await this.#found(first);
    for (const [at, other] of others.entries()) {
      other.start(this.#address());
      await other.synced(at + 2);
    }
  }

  async #found(first) {
    first.start('gcomm://', ['--wsrep-new-cluster']);
    await first.synced(1);
  }

  #address() {
    return `gcomm://${this.#nodes.map(({ group }) => `127.0.0.1:${group}`).join(',')}`;
  }
}

class Node {
  #process;

  constructor(folder, port, group) {
    this.folder = folder;
    this.port = port;
    this.group = group;
    this.data = join(folder, 'data');
    mkdirSync(this.data, { recursive: true });
  }

  start(address, more = []) {
    const log = openSync(join(this.folder, 'log'), 'a');
    this.#process = spawn('mariadbd', [...this.#args(address), ...more], { stdio: ['ignore', log, log] });
    closeSync(log);
  }

  /** Waits until it accepts statements in a cluster of this size. */
  async synced(size) {
    for (const from = performance.now(); performance.now() - from < START_MS; await sleep(100)) {
      const rows = await queryOn(this.port, "SHOW STATUS WHERE Variable_name IN ('wsrep_cluster_size', 'wsrep_ready')").catch(() => []); // prettier-ignore
      const states = rows.map(({ Value }) => Value);
      if (states.includes('ON') && states.includes(String(size))) return;
    }
    throw new Error(`A node did not join:\n${readFileSync(join(this.folder, 'log'), 'utf8').slice(-2_000)}`);
  }

  async kill(signal) {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill(signal);
    await exit;
  }

  /** Position of its storage when it was killed. */
  recovered(address) {
    const file = join(this.folder, 'recovered.err');
    const args = [...this.#args(address), '--wsrep-recover', `--log-error=${file}`];
    execFileSync('mariadbd', args, { stdio: 'pipe' });
    return /Recovered position: (\S+)/.exec(readFileSync(file, 'utf8'))[1];
  }

  #args(address) {
    const { folder, port, group, data } = this;
    return [
      '--no-defaults',
      `--datadir=${data}`,
      `--tmpdir=${folder}`,
      `--socket=${join(folder, 's.sock')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--innodb-flush-log-at-trx-commit=1',
      '--innodb-buffer-pool-size=256M',
      '--innodb-autoinc-lock-mode=2',
      '--binlog-format=ROW',
      '--performance-schema=OFF',
      '--skip-name-resolve',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_bin',
      '--max-connections=300',
      '--wsrep-on=ON',
      `--wsrep-provider=${LIBRARY}`,
      '--wsrep-cluster-name=portillon',
      '--wsrep-sst-method=mariabackup',
      '--wsrep-sst-auth=root:',
      `--wsrep-sst-receive-address=127.0.0.1:${group + 2}`,
      `--wsrep-node-name=node-${port}`,
      `--wsrep-node-address=127.0.0.1:${group}`,
      `--wsrep-provider-options=base_port=${group};gmcast.listen_addr=tcp://127.0.0.1:${group};ist.recv_addr=127.0.0.1:${group + 1};gcache.size=128M`,
      `--wsrep-cluster-address=${address}`,
      ...asRoot(),
    ];
  }
}

async function startHaproxy(folder, port, nodes) {
  const file = join(folder, 'haproxy.cfg');
  const servers = nodes.map(({ port: at }, index) =>
    `  server db${index + 1} 127.0.0.1:${at} ${index ? 'backup' : 'on-marked-up shutdown-backup-sessions'}`); // prettier-ignore
  writeFileSync(file, `global
  maxconn 1000
defaults
  mode tcp
  timeout connect 3s
  timeout client 1h
  timeout server 1h
listen database
  bind 127.0.0.1:${port}
  option mysql-check user haproxy
  default-server check inter 2s fall 2 rise 3 on-marked-down shutdown-sessions
${servers.join('\n')}\n`); // prettier-ignore
  const haproxy = spawn('haproxy', ['-f', file], { stdio: 'ignore' });
  while (!(await queryOn(port, 'SELECT 1').catch(() => null))) await sleep(100);
  return haproxy;
}

async function queryOn(port, sql) {
  const connection = await createConnection({ host: '127.0.0.1', port, user: 'root', connectTimeout: 2_000 });
  try {
    return (await connection.query(sql))[0];
  } finally {
    connection.destroy();
  }
}

function asRoot() {
  return process.getuid() === 0 ? ['--user=root'] : [];
}
