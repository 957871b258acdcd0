import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { Network } from './network.mjs';

const LIBRARY = '/usr/lib/galera/libgalera_smm.so';
const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';
const START_MS = 60_000;
const NODES = 3;
const PROXIES = 2;

/**
 * Three Galera nodes, each in a network namespace, and a HAProxy beside each of two instances, as in
 * docs/guide/instances.md: clients write to the first node that is up. Needs root.
 */
export class GaleraCluster {
  nodes = [];
  network = Network.open();
  #proxies = [];

  /** `freePort` returns a free port of the loopback interface; `folder` contains all data. */
  static async start(folder, freePort) {
    const cluster = new GaleraCluster();
    for (let at = 1; at <= NODES; at++)
      cluster.nodes.push(new Node(join(folder, `node-${at}`), `db${at}`, 10 + at, cluster.network));
    await cluster.#form();
    for (let at = 1; at <= PROXIES; at++)
      cluster.#proxies.push(await startHaproxy(folder, await freePort(), cluster, 20 + at));
    return cluster;
  }

  get writer() {
    return this.nodes[0];
  }

  /** Addresses from which the proxies reach the nodes. */
  get proxies() {
    return this.#proxies.map(({ source }) => source);
  }

  async createDatabase(name) {
    await this.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    return this.urlOf(name, 0);
  }

  /** The database as the instance `at` reaches it. */
  urlOf(name, at) {
    return `mysql://root@127.0.0.1:${this.#proxies[at].port}/${name}`;
  }

  /** Runs on the written node, through a proxy; waits while there is none. */
  async query(sql) {
    for (const from = performance.now(); ; await sleep(200)) {
      try {
        return await queryOn('127.0.0.1', this.#proxies[0].port, sql);
      } catch (error) {
        if (performance.now() - from > START_MS) throw error;
      }
    }
  }

  /** Sends kill -9 to the node that all instances write to. */
  killWriter() {
    return this.writer.kill('SIGKILL');
  }

  restartWriter() {
    return this.restart(this.writer);
  }

  /** Starts a node like Debian's unit: from the position in its storage. */
  async restart(node, environment) {
    const others = this.#address();
    node.start(others, [`--wsrep-start-position=${node.recovered()}`], environment);
    await node.synced(NODES);
  }

  /** After all nodes have ended, as the runbook says: the node with the last commit begins, the others join. */
  async restartAll() {
    const positions = this.nodes.map((node) => ({ node, last: Number(node.recovered().split(':')[1]) }));
    const [{ node: first }, ...others] = positions.sort((a, b) => b.last - a.last);
    const state = join(first.data, 'grastate.dat');
    writeFileSync(state, readFileSync(state, 'utf8').replace('safe_to_bootstrap: 0', 'safe_to_bootstrap: 1'));
    const from = first.recovered();
    first.start('gcomm://', ['--wsrep-new-cluster', `--wsrep-start-position=${from}`]);
    await first.synced(1);
    for (const [at, { node }] of others.entries()) {
      node.start(this.#address(), [`--wsrep-start-position=${node.recovered()}`]);
      await node.synced(at + 2);
    }
  }

  async stop() {
    for (const { process } of this.#proxies) process.kill('SIGKILL');
    await Promise.all(this.nodes.map((node) => node.kill('SIGKILL')));
    this.network.close();
  }

  /** The first node is created and stopped cleanly; the others start as its copies, without a state transfer. */
  async #form() {
    const [first, ...others] = this.nodes;
    const args = ['--no-defaults', '--auth-root-authentication-method=normal', '--skip-test-db'];
    execFileSync('mariadb-install-db', [...args, `--datadir=${first.data}`, '--user=root'], {
      stdio: 'pipe',
    });
    await this.#found(first);
    // Reached from other addresses than this machine's own; root of the tests has no password.
    await first.locally("CREATE USER haproxy@'%'; CREATE USER root@'%'; GRANT ALL ON *.* TO root@'%'");
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
    return `gcomm://${this.nodes.map(({ address }) => address).join(',')}`;
  }
}

class Node {
  #process;

  constructor(folder, name, number, network) {
    this.folder = folder;
    this.name = name;
    this.network = network;
    this.address = network.addHost(name, number);
    this.data = join(folder, 'data');
    mkdirSync(this.data, { recursive: true });
  }

  /** `environment`: further variables, such as those of {@link clockOff}. */
  start(address, more = [], environment = {}) {
    const log = openSync(join(this.folder, 'log'), 'a');
    const [program, args] = this.network.inside(this.name, ['mariadbd', ...this.#args(address), ...more]);
    const env = { ...process.env, ...environment };
    this.#process = spawn(program, args, { stdio: ['ignore', log, log], env });
    closeSync(log);
  }

  /** Waits until it accepts statements in a cluster of this size. */
  async synced(size) {
    const asked = "SHOW STATUS WHERE Variable_name IN ('wsrep_cluster_size', 'wsrep_ready')";
    for (const from = performance.now(); performance.now() - from < START_MS; await sleep(100)) {
      const rows = await this.locally(asked).catch(() => []);
      const states = rows.map(({ Value }) => Value);
      if (states.includes('ON') && states.includes(String(size))) return;
    }
    throw new Error(`${this.name} did not join:\n${this.log().slice(-2_000)}`);
  }

  /** Runs on this node itself, whatever the network does. */
  async locally(sql) {
    const socketPath = join(this.folder, 's.sock');
    const connection = await createConnection({ socketPath, user: 'root', multipleStatements: true });
    try {
      return (await connection.query(sql))[0];
    } finally {
      connection.destroy();
    }
  }

  /** `SIGKILL` and the like; waits for the end. */
  async kill(signal) {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill(signal);
    await exit;
  }

  /** `SIGSTOP` or `SIGCONT`. */
  signal(signal) {
    this.#process.kill(signal);
  }

  /** Position of its storage when it was killed: group and number of its last commit. */
  recovered() {
    const file = join(this.folder, 'recovered.err');
    if (existsSync(file)) writeFileSync(file, '');
    execFileSync('mariadbd', [...this.#args('gcomm://'), '--wsrep-recover', `--log-error=${file}`], {
      stdio: 'pipe',
    });
    return /Recovered position: (\S+)/.exec(readFileSync(file, 'utf8'))[1];
  }

  log() {
    return readFileSync(join(this.folder, 'log'), 'utf8');
  }

  #args(address) {
    const { folder, name, data, address: own } = this;
    return [
      '--no-defaults',
      `--datadir=${data}`,
      `--tmpdir=${folder}`,
      `--socket=${join(folder, 's.sock')}`,
      '--bind-address=0.0.0.0',
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
      `--wsrep-node-name=${name}`,
      `--wsrep-node-address=${own}`,
      '--wsrep-provider-options=gcache.size=128M',
      `--wsrep-cluster-address=${address}`,
      '--user=root',
    ];
  }
}

/** Variables with which a program's clock is off by these seconds. */
export function clockOff(seconds) {
  const by = `${seconds > 0 ? '+' : ''}${seconds}s`;
  return { LD_PRELOAD: FAKETIME, FAKETIME: by, FAKETIME_DONT_FAKE_MONOTONIC: '1' };
}

/** `number`: of the address from which it reaches the nodes. */
async function startHaproxy(folder, port, { nodes, network }, number) {
  const source = network.addAddress(number);
  const file = join(folder, `haproxy-${number}.cfg`);
  const servers = nodes.map(({ name, address }, index) =>
    `  server ${name} ${address}:3306 source ${source} ${index ? 'backup' : 'on-marked-up shutdown-backup-sessions'}`); // prettier-ignore
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
  while (!(await queryOn('127.0.0.1', port, 'SELECT 1').catch(() => null))) await sleep(100);
  return { process: haproxy, port, source };
}

async function queryOn(host, port, sql) {
  const connection = await createConnection({ host, port, user: 'root', connectTimeout: 2_000 });
  try {
    return (await connection.query(sql))[0];
  } finally {
    connection.destroy();
  }
}
