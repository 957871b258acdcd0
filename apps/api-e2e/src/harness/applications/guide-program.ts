import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@portillon/testing/servers';
import { eventually } from '../server/eventually';

const GUIDE = join(__dirname, '../../../../../docs/guide/integrate');
/** Inside the repository, so that what a program imports is found. */
const FOLDER = join(__dirname, '../../../../../node_modules/.cache/guide-programs');

/** A program from a page of the guide, run unchanged. */
export class GuideProgram {
  #process?: ChildProcess;
  #output = '';

  private constructor(
    private readonly file: string,
    readonly port: number,
  ) {}

  /** The one whose first line names it, in `page`. It has an address before it runs, to be registered. */
  static async of(page: string, name: string): Promise<GuideProgram> {
    const text = snippet(page, name);
    mkdirSync(FOLDER, { recursive: true });
    const port = await freePort();
    const file = join(FOLDER, `${port}-${name}`);
    writeFileSync(file, text);
    return new GuideProgram(file, port);
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** `more`: what this program reads beside what each does. */
  async start(
    issuer: string,
    client: { id: string; secret: string },
    more: NodeJS.ProcessEnv = {},
  ): Promise<void> {
    const env = {
      PATH: process.env['PATH'],
      ISSUER: issuer,
      CLIENT_ID: client.id,
      CLIENT_SECRET: client.secret,
      COOKIE_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
      URL: this.url,
      PORT: String(this.port),
      ...more,
    };
    this.#process = spawn(process.execPath, [this.file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout!, this.#process.stderr!])
      stream.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    await eventually(`${this.file} to listen`, () => this.#listens());
  }

  async stop(): Promise<void> {
    rmSync(this.file);
    if (!this.#process || this.#process.exitCode !== null) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill();
    await exit;
  }

  async #listens(): Promise<boolean> {
    if (this.#process?.exitCode !== null) throw new Error(`${this.file} ended:\n${this.#output}`);
    const socket = connect(this.port, '127.0.0.1');
    return new Promise((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    }).finally(() => socket.destroy()) as Promise<boolean>;
  }
}

/** The text of a fenced block of the guide, by the name in its first line. */
function snippet(page: string, name: string): string {
  const blocks = readFileSync(join(GUIDE, page), 'utf8').matchAll(/^```\w*\n(.*?)^```/gms);
  const found = [...blocks].map(([, text]) => text!).find((text) => text.startsWith(`// ${name}\n`));
  if (!found) throw new Error(`${page} has no ${name}`);
  return found;
}

/** What the lines of the guide write, as a person pastes them. */
export async function runShell(lines: string, environment: Record<string, string>): Promise<string> {
  const env = { PATH: process.env['PATH'], ...environment };
  const { stdout } = await promisify(execFile)('sh', ['-ec', lines], { env });
  return stdout;
}
