import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const MASTER = 'counters';

/** A Valkey, its replica, and three sentinels, two of which decide who is master. */
export class Sentinels {
  #servers = [];
  #sentinels = [];

  static async start(folder, freePort) {
    const all = new Sentinels();
    all.folder = join(folder, 'sentinels');
    mkdirSync(all.folder);
    all.ports = [await freePort(), await freePort()];
    all.startServer(0);
    all.startServer(1, ['--replicaof', `127.0.0.1 ${all.ports[0]}`]);
    await sleep(1_000);
    for (let at = 0; at < 3; at++) all.#startSentinel(await freePort());
    await sleep(2_000);
    return all;
  }

  get url() {
    return `redis+sentinel://${this.#sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${MASTER}`;
  }

  /** kill -9 of the first master; the sentinels choose the other within some seconds. */
  async killMaster() {
    const exit = once(this.#servers[0], 'exit');
    this.#servers[0].kill('SIGKILL');
    await exit;
  }

  /** It comes back, and a sentinel makes it the other's replica. */
  startServer(at, more = []) {
    const args = [
      '--port',
      String(this.ports[at]),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--dir',
      this.folder,
    ];
    this.#servers[at] = spawn('valkey-server', [...args, ...more], { stdio: 'ignore' });
  }

  stop() {
    for (const one of [...this.#servers, ...this.#sentinels.map(({ process }) => process)])
      one.kill('SIGKILL');
  }

  #startSentinel(port) {
    const file = join(this.folder, `sentinel-${port}.conf`);
    writeFileSync(file, `port ${port}
bind 127.0.0.1
sentinel monitor ${MASTER} 127.0.0.1 ${this.ports[0]} 2
sentinel down-after-milliseconds ${MASTER} 2000
sentinel failover-timeout ${MASTER} 10000\n`); // prettier-ignore
    const process = spawn('valkey-sentinel', [file], { stdio: 'ignore' });
    this.#sentinels.push({ port, process });
  }
}
