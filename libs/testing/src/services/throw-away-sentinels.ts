import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './throw-away-mariadb';
import { spawnRedis, ThrowAwayRedis } from './throw-away-redis';

const NAME = 'gate';
const SENTINELS = 3;
/** Two of three agree that a master is gone. */
const QUORUM = 2;
const START_TIMEOUT_MS = 30_000;

/** A master of Valkey or Redis with its replica, and three sentinels for the failover. */
export class ThrowAwaySentinels {
  readonly #processes: ChildProcess[] = [];
  readonly #ports: number[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'portillon-sentinel-'));

  private constructor(
    readonly master: ThrowAwayRedis,
    readonly replica: ThrowAwayRedis,
  ) {}

  /** Starts all, and resolves once the sentinels know each other and the replica. */
  static async start(): Promise<ThrowAwaySentinels> {
    const prompt = ['--repl-diskless-sync-delay', '0'];
    const master = await ThrowAwayRedis.start(prompt);
    const replica = await ThrowAwayRedis.start([...prompt, '--replicaof', `127.0.0.1 ${master.port}`]);
    const group = new ThrowAwaySentinels(master, replica);
    for (let number = 0; number < SENTINELS; number++) await group.#startSentinel();
    await group.#settled();
    return group;
  }

  get url(): string {
    const nodes = this.#ports.map((port) => `127.0.0.1:${port}`);
    return `redis+sentinel://${nodes.join(',')}/${NAME}`;
  }

  async close(): Promise<void> {
    for (const sentinel of this.#processes) sentinel.kill('SIGKILL');
    await Promise.all([this.master.kill(), this.replica.kill()]);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #startSentinel(): Promise<void> {
    const port = await freePort();
    const file = join(this.#folder, `${port}.conf`);
    const lines = [
      `port ${port}`,
      'bind 127.0.0.1',
      `dir ${this.#folder}`,
      `sentinel monitor ${NAME} 127.0.0.1 ${this.master.port} ${QUORUM}`,
      `sentinel down-after-milliseconds ${NAME} 500`,
      `sentinel failover-timeout ${NAME} 3000`,
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
    this.#ports.push(port);
    this.#processes.push(spawnRedis([file, '--sentinel']));
  }

  async #settled(): Promise<void> {
    const deadline = performance.now() + START_TIMEOUT_MS;
    for (const port of this.#ports)
      while (!/status=ok,.*slaves=1,sentinels=3/.test(await informationOf(port))) {
        if (performance.now() > deadline) throw new Error('The sentinels did not find each other');
        await sleep(50);
      }
  }
}

/** Returns a sentinel's information on its master; nothing while it does not listen. */
async function informationOf(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write('INFO sentinel\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString();
  } catch {
    return '';
  } finally {
    socket.destroy();
  }
}
