import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ROOT } from '../../tools/workspace/command.mjs';

const PROGRAM = join(ROOT, 'apps/api/dist/main.cjs');
const START_TRIES = 300;

/** The built server in demo mode at the guide's address, `http://localhost:3000`, with an empty database. */
export class DemoServer {
  url = 'http://localhost:3000';
  #process;

  constructor(folder, settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /** `settings`: further environment variables, besides those of the demo. */
  static async start(folder, settings = {}) {
    execFileSync('npm', ['run', 'build', '--silent'], { cwd: ROOT, stdio: 'inherit' });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const server = new DemoServer(folder, settings);
    await server.#start();
    return server;
  }

  /** Runs `portillon` on the same data; resolves to its output. */
  async command(args, env = {}) {
    const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, ...args], {
      cwd: this.folder,
      env: { PATH: process.env.PATH, PUBLIC_URL: this.url, ...env },
    });
    return stdout.trim();
  }

  /** The one-time code of the latest mail to an address of the demo. */
  async codeFor(address) {
    const answer = await fetch(`${this.url}/demo/messages?to=${encodeURIComponent(address)}`);
    for (const { text } of await answer.json()) {
      const code = /^ {4}(\d{6})$/m.exec(text)?.[1];
      if (code) return code;
    }
    throw new Error(`No code was sent to ${address}.`);
  }

  async stop() {
    const exit = once(this.#process, 'exit');
    if (this.#process.kill('SIGTERM')) await exit;
  }

  async #start() {
    this.#process = spawn(process.execPath, [PROGRAM, 'serve'], {
      cwd: this.folder,
      env: {
        PATH: process.env.PATH,
        HOST: '127.0.0.1',
        OPS_PORT: '0',
        PUBLIC_URL: this.url,
        LOG_LEVEL: 'warn',
        ...this.settings,
      },
      stdio: 'inherit',
    });
    for (let left = START_TRIES; left > 0; left -= 1) {
      if (this.#process.exitCode !== null) throw new Error('The server ended at its start.');
      if (await answers(`${this.url}/health/ready`)) return;
      await sleep(100);
    }
    throw new Error('The server did not start.');
  }
}

/** Whether an address answers, with any status by default; `fits` restricts it. */
export async function answers(url, fits = () => true) {
  return fetch(url, { redirect: 'manual' }).then(fits, () => false);
}
