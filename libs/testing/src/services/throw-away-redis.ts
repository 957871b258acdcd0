import { ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram } from '../programs';
import { freeze } from '../freeze';
import { scratchFolder } from '../scratch-folder';
import { freePort } from './throw-away-mariadb';

const PROGRAMS = ['valkey-server', 'redis-server'];
const START_TIMEOUT_MS = 10_000;

/** A dedicated Valkey or Redis server, which writes nothing to the disk. */
export class ThrowAwayRedis {
  private constructor(
    private process: ChildProcess,
    readonly port: number,
    private readonly options: readonly string[],
  ) {}

  /** Whether `valkey-server` or `redis-server` is installed. CI requires it. */
  static available(): boolean {
    return Boolean(program()) || Boolean(process.env['CI']);
  }

  /** Starts a server. `options`: further command line arguments, such as `--replicaof`. */
  static async start(options: readonly string[] = []): Promise<ThrowAwayRedis> {
    const port = await freePort();
    const server = new ThrowAwayRedis(spawnServer(port, options), port, options);
    await server.#answering();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Hangs the server with its connections open until {@link thaw}. Resolves once it hangs. */
  freeze(): Promise<void> {
    return freeze(this.process);
  }

  thaw(): void {
    this.process.kill('SIGCONT');
  }

  /** Kills the server and its data. */
  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exit = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exit;
  }

  /** Restarts it after {@link kill}, empty, on the same port. */
  async restart(): Promise<void> {
    this.process = spawnServer(this.port, this.options);
    await this.#answering();
  }

  async #answering(): Promise<void> {
    const deadline = performance.now() + START_TIMEOUT_MS;
    while (!(await accepts(this.port))) {
      if (performance.now() > deadline) throw new Error('Redis did not start');
      await sleep(10);
    }
  }
}

function program(): string | undefined {
  return PROGRAMS.map(findProgram).find(Boolean);
}

function spawnServer(port: number, options: readonly string[]): ChildProcess {
  // A replica stores its master's data in a file there, which another server would load.
  const folder = scratchFolder('portillon-redis-');
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  const server = spawnRedis([...args, '--appendonly', 'no', ...options]);
  return server.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}

/** Starts the program with this command line, a server or a sentinel. */
export function spawnRedis(args: readonly string[]): ChildProcess {
  const found = program();
  if (!found) throw new Error('Valkey is missing: install it with "apt-get install valkey-server"');
  return spawn(found, args, { stdio: 'ignore' });
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
