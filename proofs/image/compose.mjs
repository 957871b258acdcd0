import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { machine } from '../../tools/checks/machine.mjs';
import { freePort, HOST, writeConfiguration } from '../../tools/checks/proxy.mjs';
import { ROOT } from '../../tools/workspace/command.mjs';

/** docker/.env, and .env. */
const PASSWORDS = {
  DATABASE_PASSWORD: 'Serving1',
  MIGRATE_PASSWORD: 'Migrating1',
  DATABASE_ROOT_PASSWORD: 'Root1',
};
const SETTINGS = {
  SECRET_KEYS: `one:${Buffer.alloc(32, 7).toString('base64')}`,
  SMTP_URL: 'smtp://127.0.0.1:1',
  SMTP_ALLOW_PLAIN: 'true',
  MAIL_FROM: 'portillon@portillon.localhost',
};
const SMALL = ['--innodb-log-file-size=8M', '--innodb-undo-tablespaces=0'];
const PATIENCE_MS = 60_000;

/**
 * The services of docker/compose.yaml beside each other on this machine, each by its own command: ours in containers of the
 * image, the others by the programs of Debian. Names and ports of Docker's network become ports of this machine.
 */
export class Compose {
  #folder = mkdtempSync(join(tmpdir(), 'portillon-compose-'));
  #services = parse(readFileSync(join(ROOT, 'docker/compose.yaml'), 'utf8'), { merge: true }).services;
  #running = [];
  #ports = {};

  /** `image`: name of ours in `buildah`. */
  constructor(buildah, image) {
    this.buildah = buildah;
    this.image = image;
  }

  /** Starts each service in the order of `depends_on`. */
  async start() {
    for (const name of [
      'mariadb',
      'valkey',
      'api-1',
      'api-2',
      'api-1 operations',
      'api-2 operations',
      'http',
      'https',
    ])
      this.#ports[name] = await freePort();
    await this.#startMariadb();
    const { valkey } = this.#services;
    this.#spawn(machine.redis, [...valkey.command.slice(1), '--port', this.#ports.valkey]);
    this.#finish('migrate');
    mkdirSync(join(this.#folder, 'rights'));
    this.#finish('rights', { '/rights': join(this.#folder, 'rights') });
    this.#grant();
    for (const name of ['api-1', 'api-2']) this.#serve(name);
    this.#startNginx();
    await this.#until('both instances are ready', () =>
      ['api-1', 'api-2'].every((name) =>
        this.#answers(`http://127.0.0.1:${this.#ports[`${name} operations`]}/health/ready`),
      ),
    );
  }

  /** Body of the page through nginx. */
  page() {
    const words = ['--insecure', '--silent', '--fail', '--resolve', `${HOST}:${this.#ports.https}:127.0.0.1`];
    return execFileSync('curl', [...words, `https://${HOST}:${this.#ports.https}/`], { encoding: 'utf8' });
  }

  async close() {
    for (const child of this.#running.reverse()) {
      if (child.exitCode !== null || !child.kill('SIGTERM')) continue;
      await once(child, 'exit');
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** As the entry point of its image does: a data folder, the database, its account, the administrator's password. */
  async #startMariadb() {
    const { environment, command } = this.#services.mariadb;
    const data = join(this.#folder, 'data');
    execFileSync(
      'mariadb-install-db',
      ['--no-defaults', '--skip-test-db', ...SMALL, `--datadir=${data}`, '--user=root'],
      {
        stdio: 'ignore',
      },
    );
    const place = [`--datadir=${data}`, `--socket=${data}/socket`, `--port=${this.#ports.mariadb}`];
    const log = `--log-error=${join(this.#folder, 'mariadb.log')}`;
    const here = ['--no-defaults', '--user=root', '--bind-address=127.0.0.1', log, ...SMALL, ...place];
    this.#spawn(machine.mariadb, [...here, ...command]);
    const client = ['--no-defaults', `--socket=${data}/socket`, '--user=root'];
    await this.#until(
      'MariaDB answers',
      () => spawnSync('mariadb', [...client, '-e', 'SELECT 1']).status === 0,
    );
    const { MARIADB_DATABASE, MARIADB_USER, MARIADB_PASSWORD, MARIADB_ROOT_PASSWORD } =
      this.#filled(environment);
    const sql = `CREATE DATABASE ${MARIADB_DATABASE}; CREATE USER '${MARIADB_USER}'@'%' IDENTIFIED BY '${MARIADB_PASSWORD}';
      GRANT ALL ON ${MARIADB_DATABASE}.* TO '${MARIADB_USER}'@'%'; CREATE USER root@'%' IDENTIFIED BY '${MARIADB_ROOT_PASSWORD}';
      GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION`;
    execFileSync('mariadb', [...client, '-e', sql]);
  }

  /** Runs one of ours to its end. */
  #finish(name, volumes = {}) {
    const service = this.#services[name];
    const command = service.entrypoint
      ? [...service.entrypoint, ...service.command]
      : [...PROGRAM, ...service.command];
    const user = service.user ?? 'node';
    const environment = this.#environmentOf(service);
    this.buildah.run(this.buildah.container(this.image), command, { user, environment, volumes });
  }

  #grant() {
    const { command, entrypoint, environment } = this.#services.grants;
    const [line] = command;
    const placed = line
      .replaceAll('$$', '$')
      .replace('/rights', join(this.#folder, 'rights'))
      .replace('--host=mariadb', `--no-defaults --host=127.0.0.1 --port=${this.#ports.mariadb}`);
    execFileSync(entrypoint[0], [...entrypoint.slice(1), placed], {
      env: { ...process.env, ...this.#filled(environment) },
    });
  }

  #serve(name) {
    const ports = { PORT: this.#ports[name], OPS_PORT: this.#ports[`${name} operations`] };
    const environment = {
      ...this.#environmentOf(this.#services[name]),
      ...ports,
      TRUSTED_PROXIES: '127.0.0.1',
    };
    const stdio = ['ignore', 'ignore', 'inherit'];
    this.#running.push(
      this.buildah.start(this.buildah.container(this.image), [...PROGRAM, 'serve'], { environment, stdio }),
    );
  }

  #startNginx() {
    const folder = join(this.#folder, 'nginx');
    mkdirSync(folder);
    const { http, https } = this.#ports;
    const file = writeConfiguration(folder, { http, https, api: this.#ports['api-1'] });
    const lines = ['api-1', 'api-2'].map((name) => `server 127.0.0.1:${this.#ports[name]} max_fails=0;\n`);
    writeFileSync(join(folder, 'portillon/instances/api.conf'), lines.join(''));
    this.#spawn(machine.nginx, ['-c', file]);
  }

  #environmentOf({ environment = {} }) {
    return { ...SETTINGS, NODE_ENV: 'production', ...this.#filled(environment) };
  }

  /** With the passwords and the ports of this machine. */
  #filled(environment) {
    const text = (value) =>
      String(value)
        .replace(/\$\{(\w+)(?::[-?]([^}]*))?\}/g, (_whole, name, fallback) => PASSWORDS[name] ?? fallback)
        .replace('@mariadb:3306', `@127.0.0.1:${this.#ports.mariadb}`)
        .replace('valkey:6379', `127.0.0.1:${this.#ports.valkey}`);
    return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, text(value)]));
  }

  #spawn(program, words) {
    this.#running.push(spawn(program, words.map(String), { stdio: ['ignore', 'ignore', 'inherit'] }));
  }

  #answers(url) {
    return spawnSync('curl', ['--silent', '--fail', '--output', '/dev/null', url]).status === 0;
  }

  async #until(what, holds) {
    for (const deadline = Date.now() + PATIENCE_MS; !holds(); await sleep(500))
      if (Date.now() > deadline) throw new Error(`Not within a minute: ${what}`);
  }
}

/** ENTRYPOINT of the Dockerfile. */
const [, ENTRYPOINT] = /^ENTRYPOINT (\[.*\])$/m.exec(readFileSync(join(ROOT, 'docker/Dockerfile'), 'utf8'));
const PROGRAM = JSON.parse(ENTRYPOINT);
