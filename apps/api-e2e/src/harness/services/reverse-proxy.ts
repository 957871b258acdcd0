import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@portillon/testing/servers';
import { describeWith, find } from './programs';

const APACHE = '/usr/lib/apache2';
const APACHE_MODULES = [
  'mpm_event',
  'authn_core',
  'authz_core',
  'authz_user',
  'headers',
  'proxy',
  'proxy_http',
];
const PATIENCE_MS = 20_000;

export const describeWithCaddy = describeWith('Caddy', Boolean(find('caddy')), 'caddy');
export const describeWithHaproxy = describeWith('HAProxy', Boolean(find('haproxy')), 'haproxy');
/** `module`: the one that knows people or tokens, as Apache names it. */
export const describeWithApache = (module: 'auth_openidc' | 'oauth2', title: string, tests: () => void) =>
  describeWith(
    `mod_${module}`,
    existsSync(join(APACHE, `modules/mod_${module}.so`)),
    `libapache2-mod-${module.replace('_', '-')}`,
  )(title, tests);

/** A real reverse proxy with a configuration of the guide, in a separate folder. */
export class ReverseProxy {
  readonly #folder = mkdtempSync(join(tmpdir(), 'portillon-proxy-'));
  #process: ChildProcess | undefined;
  port = 0;

  /** Where it will listen, for a caller that needs it before the start. */
  async reserve(): Promise<number> {
    this.port = await freePort();
    return this.port;
  }

  /** `server`: the block of one server; `PORT` is replaced by its port. */
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

  /** `script`: what it asks the gate by. */
  async startHaproxy(configuration: string, script: string): Promise<void> {
    const file = join(this.#folder, 'portillon.lua');
    writeFileSync(file, script);
    const own = configuration.replace('/etc/haproxy/portillon.lua', file);
    await this.#start(own, (path) => [find('haproxy') ?? 'haproxy', ['-db', '-f', path]]);
  }

  async startEnvoy(configuration: string): Promise<void> {
    await this.#start(configuration, (file) => [
      'envoy',
      ['--log-level', 'error', '--disable-hot-restart', '--config-yaml', readFileSync(file, 'utf8')],
    ]);
  }

  /** `dynamic`: routers, middlewares and services, in a file whose name says that it is YAML. */
  async startTraefik(dynamic: string, host: string): Promise<void> {
    const file = join(this.#folder, 'dynamic.yaml');
    await this.#start(dynamic, (text) => {
      copyFileSync(text, file);
      const address = `--entryPoints.app.address=127.0.0.1:${this.port}`;
      return ['traefik', [address, `--providers.file.filename=${file}`]];
    });
    // It listens before it has read the file: every path is 404 until then.
    while (!(await routes(this.port, host))) await sleep(50);
  }

  /** `site`: one virtual host. Started by root, its children are not root's. */
  async startApache(module: string, site: string): Promise<void> {
    const modules = [...APACHE_MODULES, module].map(
      (name) => `LoadModule ${name}_module modules/mod_${name}.so`,
    );
    const own = ['User www-data', 'Group www-data', 'Listen 127.0.0.1:PORT', 'ServerName localhost'];
    const files = [`DefaultRuntimeDir ${this.#folder}`, 'PidFile apache.pid', `ErrorLog ${this.#folder}/log`];
    const lines = [...modules, ...own, ...files, site];
    await this.#start(lines.join('\n'), (file) => [
      find('apache2') ?? 'apache2',
      ['-d', APACHE, '-f', file, '-DFOREGROUND'],
    ]);
  }

  async stop(): Promise<void> {
    if (this.#process?.kill('SIGTERM')) await once(this.#process, 'exit');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(configuration: string, command: (file: string) => [string, string[]]): Promise<void> {
    this.port ||= await freePort();
    const file = join(this.#folder, 'configuration');
    writeFileSync(file, configuration.replaceAll(/\bPORT\b/g, String(this.port)));
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

/** Whether a request for a host is passed on: answered by something else than 404, or not at once. */
function routes(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = get({ host: '127.0.0.1', port, path: '/', headers: { host }, timeout: 1_000 });
    asked.once('response', ({ statusCode }) => resolve(statusCode !== 404));
    asked.once('timeout', () => resolve(true)).once('error', () => resolve(false));
    asked.once('response', () => asked.destroy()).once('timeout', () => asked.destroy());
  });
}
