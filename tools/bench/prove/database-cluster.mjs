import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createConnection } from 'mysql2/promise';
import { SmallDisk } from './disk.mjs';
import { Network } from './network.mjs';

const HAPROXY = fileURLToPath(new URL('../../../deploy/haproxy', import.meta.url));
const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';
const PROXIES = 2;

/** A member of Group Replication whose clock was changed took a minute to join again. */
const START_MS = 180_000;
export const NODES = 3;
/** Disk of the first node, which a fault fills. */
const DISK_SIZE = 2 ** 31;

/**
 * Nodes, each in a network namespace, and a HAProxy beside each of two instances, with the configuration of
 * deploy/haproxy: clients write to the first node that takes writes. Needs root.
 */
export class DatabaseCluster {
  nodes = [];
  network = Network.open();
  #proxies = [];

  /** After the nodes. `freePort` returns a free port of the loopback interface. */
  async startProxies(folder, freePort) {
    for (let at = 1; at <= PROXIES; at++)
      this.#proxies.push(await startHaproxy(folder, await freePort(), this, 20 + at));
  }

  /** Gives the first node a separate small disk, before it has data. */
  addDisk() {
    this.disk = new SmallDisk(this.writer.folder, DISK_SIZE);
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

  /** Waits until all nodes are in the cluster again, the first as the writer. */
  async settle() {}

  async stop() {
    for (const { process } of this.#proxies) process.kill('SIGKILL');
    await Promise.all(this.nodes.map((node) => node.kill('SIGKILL')));
    this.disk.close();
    this.network.close();
  }
}

/** A server of a cluster, on its own address. `folder` contains its data and its log. */
export class DatabaseNode {
  #process;

  constructor(folder, name, number, network) {
    this.folder = folder;
    this.name = name;
    this.network = network;
    this.address = network.addHost(name, number);
    this.data = join(folder, 'data');
    this.socket = join(folder, 's.sock');
    mkdirSync(folder, { recursive: true });
  }

  /** `environment`: further variables, such as those of {@link clockOff}. */
  run(command, environment = {}) {
    const log = openSync(join(this.folder, 'log'), 'a');
    const [program, args] = this.network.inside(this.name, command);
    const env = { ...process.env, ...environment };
    this.#process = spawn(program, args, { stdio: ['ignore', log, log], env });
    closeSync(log);
  }

  /** Waits until `sql` returns rows that are `wanted`. @throws Error with the end of the log */
  async until(sql, wanted) {
    for (const from = performance.now(); performance.now() - from < START_MS; await sleep(100))
      if (wanted(await this.locally(sql).catch(() => []))) return;
    throw new Error(`${this.name} did not join:\n${this.log().slice(-2_000)}`);
  }

  /** Runs on this node itself, whatever the network does. */
  async locally(sql) {
    const connection = await createConnection({ socketPath: this.socket, user: 'root', multipleStatements: true }); // prettier-ignore
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

  log() {
    return readFileSync(join(this.folder, 'log'), 'utf8');
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
  const own = readFileSync(join(HAPROXY, 'haproxy.cfg'), 'utf8')
    .replace('bind 127.0.0.1:3306', `bind 127.0.0.1:${port}`)
    .replace('/etc/haproxy/writable.sh', join(HAPROXY, 'writable.sh'))
    .replaceAll(/(server db\d) \S+/g, (_, server) => {
      const { address } = nodes.find(({ name }) => server.endsWith(name));
      return `${server} ${address}:3306 source ${source}`;
    });
  writeFileSync(file, own);
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
