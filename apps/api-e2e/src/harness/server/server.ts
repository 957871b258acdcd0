import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@portillon/testing/servers';

export type Environment = Readonly<Record<string, string>>;

export interface Route {
  method: string;
  url: string;
}

const ROOT = join(__dirname, '../../../../..');
/** `PORTILLON_PROGRAM`: that of a release, which the proof of the image runs. */
const PROGRAM = process.env['PORTILLON_PROGRAM'] ?? join(ROOT, 'apps/api/dist/main.cjs');
const INSIDE = join(__dirname, 'inside.cjs');
/** From Node 22 on, what it compiled of the server's modules is kept for the next start: a quarter of its processor time. */
const COMPILED = { NODE_COMPILE_CACHE: join(tmpdir(), 'portillon-compiled') };
const START_LIMIT_MS = 45_000;
/** Process managers wait about as long before they kill a server. */
const STOP_LIMIT_MS = 10_000;
const LOG_LIMIT_MS = 2_000;
const COMMAND_LIMIT_MS = 45_000;
const READY = 'Portillon is ready';
const PORT_TURNS = 5;

interface Insight {
  routes: Route[];
  packages: string[];
  statements: string[];
  processorMs: number;
}

/** The built server as a separate process, with only the given settings. */
export class Server {
  /** Everything it wrote, line by line. */
  readonly lines: string[] = [];
  #questions = 0;

  private constructor(
    readonly port: number,
    private readonly process: ChildProcess,
  ) {
    for (const stream of [process.stdout!, process.stderr!])
      createInterface({ input: stream }).on('line', (line) => this.lines.push(line));
  }

  /** Starts it in `folder` and resolves once it serves. @throws Error with what it wrote, when it does not. */
  static async start(folder: string, environment: Environment): Promise<Server> {
    for (let turn = 1; ; turn++) {
      const port = environment['PORT'] ? Number(environment['PORT']) : await freePort();
      const server = new Server(port, spawnServer(folder, port, environment));
      try {
        await server.#ready();
        return server;
      } catch (error) {
        // Between the choice of a port and its use, another program may have taken it.
        if (turn === PORT_TURNS || !server.#wrote('EADDRINUSE')) throw error;
      }
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get running(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Moves its clock on. */
  async advance(milliseconds: number): Promise<void> {
    await this.#ask({ advance: milliseconds });
  }

  /** Every route that it answers, declared or not. */
  async routes(): Promise<Route[]> {
    return (await this.#ask({})).routes;
  }

  /** The packages of `node_modules` that it has loaded so far. */
  async packages(): Promise<string[]> {
    return (await this.#ask({})).packages;
  }

  /** What the latest request sent to MariaDB, in its order, without values. */
  async statements(): Promise<string[]> {
    return (await this.#ask({})).statements;
  }

  /** The processor time of all its threads so far, in milliseconds: a busy machine does not stretch it. */
  async processorMs(): Promise<number> {
    return (await this.#ask({})).processorMs;
  }

  /** Ends it at once, as `kill -9` or a power cut does. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Ends it as an operator does. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** Sends it a signal that does not end it. */
  signal(name: NodeJS.Signals): void {
    this.process.kill(name);
  }

  /** The lines of the log. */
  get log(): Record<string, unknown>[] {
    return this.lines
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** The lines of the log on one answer: written just after it, so that they may come later. */
  async linesOn(requestId: string): Promise<Record<string, unknown>[]> {
    const deadline = performance.now() + LOG_LIMIT_MS;
    for (;;) {
      const lines = this.log.filter((line) => line['requestId'] === requestId && line['msg'] === 'answered');
      if (lines.length > 0 || performance.now() > deadline) return lines;
      await sleep(10);
    }
  }

  /** The first line of the log that is so, which may come later. */
  async lineThat(
    is: (line: Record<string, unknown>) => boolean,
  ): Promise<Record<string, unknown> | undefined> {
    const deadline = performance.now() + START_LIMIT_MS;
    for (;;) {
      const found = this.log.find(is);
      if (found || performance.now() > deadline) return found;
      await sleep(50);
    }
  }

  async #ready(): Promise<void> {
    const deadline = performance.now() + START_LIMIT_MS;
    while (!this.#wrote(READY)) {
      if (!this.running || performance.now() > deadline) {
        await this.kill();
        throw new Error(`The server did not start:\n${this.lines.join('\n')}`);
      }
      await sleep(10);
    }
  }

  #wrote(text: string): boolean {
    return this.lines.some((line) => line.includes(text));
  }

  async #ask(question: object): Promise<Insight> {
    const id = ++this.#questions;
    this.process.send({ ...question, id });
    for (;;) {
      const [answer] = (await once(this.process, 'message')) as [Insight & { id: number }];
      if (answer.id === id) return answer;
    }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (!this.running) return;
    const exit = once(this.process, 'exit');
    this.process.kill(signal);
    const ended = await Promise.race([exit.then(() => true), sleep(STOP_LIMIT_MS, false, { ref: false })]);
    if (ended) return;
    this.process.kill('SIGKILL');
    throw new Error(`The server did not stop in ${STOP_LIMIT_MS} ms`);
  }
}

function spawnServer(folder: string, port: number, environment: Environment): ChildProcess {
  return spawn(process.execPath, ['--require', INSIDE, PROGRAM, 'serve'], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      ...COMPILED,
      HOST: '127.0.0.1',
      OPS_PORT: '0',
      LOG_FORMAT: 'json',
      LOG_LEVEL: 'trace',
      ...environment,
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

/** A script that is the command line with these settings, wherever it is called and by whom. */
export function commandLine(environment: Environment): string {
  const settings = Object.entries(environment).map(([name, value]) => `'${name}=${value}'`);
  return `#!/bin/sh\ncd /\nexec env ${settings.join(' ')} '${process.execPath}' '${PROGRAM}' "$@"\n`;
}

/** Starts a command that runs until it is stopped. */
export function startCommand(folder: string, name: string, environment: Environment): ChildProcess {
  const env = { PATH: process.env['PATH'], ...COMPILED, LOG_FORMAT: 'json', ...environment };
  return spawn(process.execPath, [PROGRAM, name], { cwd: folder, env, stdio: 'ignore' });
}

/** Runs one command whose reader goes away after the first line. Resolves to whether the command then ended. */
export async function runCommandForOneLine(folder: string, args: string, environment: Environment) {
  const child = spawn('sh', ['-c', `exec "$0" "$1" ${args} 2>&1`, process.execPath, PROGRAM], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: COMMAND_LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return { ended: signal === null };
}

/** Runs one command of the program to its end. */
export async function runCommand(
  folder: string,
  args: readonly string[],
  environment: Environment,
  input = '',
): Promise<{ code: number; output: string; stdout: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...COMPILED, LOG_FORMAT: 'json', ...environment },
  });
  child.stdin.on('error', () => undefined).end(input);
  const stdout: Buffer[] = [];
  const all: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stdout.on('data', (chunk: Buffer) => all.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => all.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, output: Buffer.concat(all).toString(), stdout: Buffer.concat(stdout).toString() };
}
