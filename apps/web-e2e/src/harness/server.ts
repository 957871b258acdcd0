import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { get as getSecurely } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Message {
  channel: 'EMAIL' | 'SMS';
  to: string;
  subject?: string;
  text: string;
  sentAt: string;
}

/** What stands around a server: the place of Pro Santé Connect, a port for cards. */
export interface Surroundings {
  scheme: 'http' | 'https';
  /** Where pages may go or speak to, beside the server itself. */
  origins: () => string[];
  /** Makes it ready for a server at `url` that works in `folder`. Resolves to the settings by which that server finds it. */
  ready: (url: string, folder: string) => Promise<Record<string, string>>;
}

const ALONE: Surroundings = { scheme: 'http', origins: () => [], ready: () => Promise.resolve({}) };
const PROGRAM = join(__dirname, '../../../api/dist/main.cjs');
const INSIDE = join(__dirname, 'inside.cjs');
/** A code alone on its line, as a mail has it. */
const CODE_LINE = /^ {4}\d{6}$/m;
/** From Node 22 on, what it compiled of the server's modules is kept for the next start. */
const COMPILED = { NODE_COMPILE_CACHE: join(tmpdir(), 'portillon-compiled') };
/** A busy disk takes as long as the server to commit. */
const MEMORY = '/dev/shm';
const START_LIMIT_MS = 40_000;
const READY = 'Portillon is ready';
const PORT_TURNS = 5;

/** The built server in demo mode, on a separate database, in a temporary folder. */
export class Server {
  readonly #folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'portillon-web-e2e-'));
  #port = 0;
  #ahead = 0;
  #process?: ChildProcess;
  #lines: string[] = [];
  #settings: Record<string, string> = {};

  private constructor(private readonly around: Surroundings) {}

  static async open(around = ALONE): Promise<Server> {
    const server = new Server(around);
    for (let turn = 1; ; turn++) {
      server.#port = await freePort();
      server.#settings = await around.ready(server.url, server.#folder);
      try {
        await server.start();
        return server;
      } catch (error) {
        // Between the choice of a port and its use, another program may have taken it.
        if (turn === PORT_TURNS || !server.#wrote('EADDRINUSE')) throw error;
      }
    }
  }

  get url(): string {
    return `${this.around.scheme}://localhost:${this.#port}`;
  }

  /** Its clock, in milliseconds since 1970. */
  get now(): number {
    return Date.now() + this.#ahead;
  }

  /** Where a page of it may go, or speak to. */
  get origins(): string[] {
    return [this.url, ...this.around.origins()];
  }

  get databaseFile(): string {
    return join(this.#folder, 'data/portillon.db');
  }

  /** @throws Error with what it wrote, when it does not serve. */
  async start(): Promise<void> {
    this.#lines = [];
    this.#process = spawn(process.execPath, ['--require', INSIDE, PROGRAM, 'serve'], {
      cwd: this.#folder,
      env: {
        PATH: process.env['PATH'],
        ...COMPILED,
        HOST: '127.0.0.1',
        PORT: String(this.#port),
        PUBLIC_URL: this.url,
        OPS_PORT: '0',
        LOG_LEVEL: 'error',
        TEST_CLOCK_AHEAD: String(this.#ahead),
        ...this.#settings,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#process.stdout!, this.#process.stderr!])
      createInterface({ input: stream }).on('line', (line) => this.#lines.push(line));
    await this.#ready();
  }

  async stop(): Promise<void> {
    if (!this.#running) return;
    const exit = once(this.#process!, 'exit');
    this.#process!.kill('SIGTERM');
    await exit;
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Moves its clock on. */
  async advance(milliseconds: number): Promise<void> {
    this.#process!.send(milliseconds);
    [this.#ahead] = (await once(this.#process!, 'message')) as [number];
  }

  /** The codes in the demo mailbox to an address or a number, newest first. Notices come when they come. */
  async messagesTo(to: string): Promise<Message[]> {
    return (await this.everythingTo(to)).filter((one) => one.channel === 'SMS' || CODE_LINE.test(one.text));
  }

  /** Codes, notices and links to an address or a number, newest first. */
  async everythingTo(to: string): Promise<Message[]> {
    return JSON.parse(await textOf(`${this.url}/demo/messages?to=${encodeURIComponent(to)}`)) as Message[];
  }

  async #ready(): Promise<void> {
    const deadline = performance.now() + START_LIMIT_MS;
    while (!this.#wrote(READY)) {
      if (!this.#running || performance.now() > deadline) {
        await this.stop();
        throw new Error(`The server did not start (npm run build makes it):\n${this.#lines.join('\n')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  get #running(): boolean {
    return this.#process?.exitCode === null && this.#process.signalCode === null;
  }

  #wrote(text: string): boolean {
    return this.#lines.some((line) => line.includes(text));
  }
}

/** No known authority signed the certificate of a test's server. */
function textOf(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const read = (incoming: IncomingMessage) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => resolve(Buffer.concat(chunks).toString()));
    };
    const asked = url.startsWith('https:')
      ? getSecurely(url, { rejectUnauthorized: false }, read)
      : get(url, read);
    asked.on('error', reject);
  });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
