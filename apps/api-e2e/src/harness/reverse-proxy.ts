import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@portillon/testing';

const FOLDERS = ['/usr/sbin', '/usr/bin', '/usr/local/bin'];
const PATIENCE_MS = 20_000;

function find(program: string): string | undefined {
  return FOLDERS.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** CI has Caddy; elsewhere its tests say that they were left out. */
export const describeWithCaddy = find('caddy') || process.env['CI'] ? describe : describe.skip;
if (!find('caddy')) console.warn('The tests of the gate behind Caddy need it: apt-get install caddy');

/** A real reverse proxy with a configuration of the guide, in a folder of its own. */
export class ReverseProxy {
  readonly #folder = mkdtempSync(join(tmpdir(), 'portillon-proxy-'));
  #process: ChildProcess | undefined;
  port = 0;

  /** `server`: the block of one server; `PORT` stands for where it listens. */
  async startNginx(server: string): Promise<void> {
    for (const name of ['logs', 'body', 'proxy']) mkdirSync(join(this.#folder, name), { recursive: true });
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${name};`,
    );
    await this.#start(
      `daemon off; worker_processes 1; pid nginx.pid; error_log stderr crit;\n` +
        `events {}\nhttp { access_log off; ${paths.join(' ')}\n${server}}\n`,
      (file) => [find('nginx') ?? 'nginx', ['-p', this.#folder, '-c', file]],
    );
  }

  async startCaddy(site: string): Promise<void> {
    await this.#start(`{\n  admin off\n  auto_https off\n}\n${site}`, (file) => [
      find('caddy') ?? 'caddy',
      ['run', '--adapter', 'caddyfile', '--config', file],
    ]);
  }

  async stop(): Promise<void> {
    if (this.#process?.kill('SIGTERM')) await once(this.#process, 'exit');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(configuration: string, command: (file: string) => [string, string[]]): Promise<void> {
    this.port = await freePort();
    const file = join(this.#folder, 'configuration');
    writeFileSync(file, configuration.replaceAll('PORT', String(this.port)));
    const [program, args] = command(file);
    const env = { PATH: process.env['PATH'], HOME: this.#folder };
    this.#process = spawn(program, args, { cwd: this.#folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
    const deadline = performance.now() + PATIENCE_MS;
    while (!(await listens(this.port))) {
      if (performance.now() > deadline) throw new Error(`${program} does not listen`);
      await sleep(50);
    }
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
