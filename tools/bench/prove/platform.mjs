import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makeAuthority } from '../../test-authority/authority.mjs';
import { writeNginx } from '../../test-authority/nginx.mjs';
import { build } from '../../build.mjs';
import { makeProductBase, startProduct } from '../product.mjs';
import { killServers } from '../server-process.mjs';
import { Carriers } from './carriers.mjs';
import { giveMeans, meansOf, mobileOf, pscEnvironment } from './means.mjs';

const require = createRequire(import.meta.url);
require('@swc-node/register');
const { freePort, ThrowAwayMariadb } = require('../../../libs/testing/src/services/throw-away-mariadb.ts');
const { PscProvider } = require('../../../apps/api-e2e/src/harness/services/psc-provider.ts');

const INSTANCE = fileURLToPath(new URL('../../../docker/nginx/instance.sh', import.meta.url));
const HOST = 'bench.example';
const INSTANCES = 2;
/** Same delay as the systemd unit's `RestartSec`. */
const RESTART_MS = 1_000;

/** A whole service on one machine: nginx with TLS, two instances, a database, message providers. */
export class Platform {
  host = HOST;
  folder = mkdtempSync(join(tmpdir(), 'portillon-prove-'));
  carriers = new Carriers();
  instances = [];
  #ports = [];

  /**
   * `startDatabase(platform)` returns an object with `createDatabase`, `query`, `stop`, and `urlOf(name, at)` where each
   * instance reaches it by another address. Default: a MariaDB with
   * durable commits. `startCounters()` returns an object with `url` and `close`, where limits are counted. Default:
   * the database. `makeBase(ground, name, people)` returns the accounts and the server that they begin with.
   * `hasManyMeans`: some people sign in by SMS and by Pro Santé Connect. Default: by a code by mail.
   */
  static async open(parts) {
    await build(['api', 'web']);
    const platform = new Platform();
    try {
      await platform.#start(parts);
      return platform;
    } catch (error) {
      await platform.close();
      throw error;
    }
  }

  /** The parts of the benchmarks that this uses. */
  get ground() {
    const { folder, carriers: mailbox, mariadb } = this;
    return { folder, mailbox, mariadb, freePort };
  }

  freePort() {
    return freePort();
  }

  /** `more`: additional environment variables of this instance. */
  async startInstance(at, more = {}) {
    const counters = this.counters && { REDIS_URL: this.counters.url, REDIS_ALLOW_PLAIN: 'true' };
    const means = this.psc && { ...this.carriers.environment, ...pscEnvironment(this.psc, this.#desk) };
    // In a cluster, each instance has its own proxy.
    const database = this.mariadb.urlOf && { DATABASE_URL: this.mariadb.urlOf(this.base.name, at) };
    const environment = { ...database, ...counters, ...means, ...more, PORT: String(this.#ports[at]) };
    const { server } = await startProduct({ ...this.base, name: `instance-${at}` }, environment);
    this.instances[at] = server;
  }

  /** Stops it cleanly, then starts it or the other release, as docs/guide/upgrade.md describes. */
  async replaceInstance(at) {
    const address = `127.0.0.1:${this.#ports[at]}`;
    await this.#inNginx('out', address);
    await this.instances[at].stop();
    await this.startInstance(at);
    await this.#inNginx('in', address);
  }

  /** Sends kill -9; systemd restarts it. */
  async killInstance(at) {
    await this.instances[at].kill();
    await sleep(RESTART_MS);
    await this.startInstance(at);
  }

  /** `mail`, `sms` or `e-cps`. */
  meansOf(person) {
    return this.psc ? meansOf(person) : 'mail';
  }

  /** Address or number to which a person's codes go. */
  addressOf(person) {
    return this.meansOf(person) === 'sms' ? mobileOf(person) : person.email;
  }

  async close() {
    killServers();
    await this.psc?.stop();
    if (this.nginx?.kill('SIGTERM')) await once(this.nginx, 'exit');
    await this.carriers.close();
    await this.counters?.close();
    await this.mariadb?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #inNginx(direction, address) {
    const own = join(this.#desk, 'nginx');
    const env = {
      ...process.env,
      INSTANCES: join(own, 'instances', 'api.conf'),
      PID: join(own, 'nginx.pid'),
    };
    return promisify(execFile)('sh', [INSTANCE, direction, address], { env });
  }

  get #desk() {
    return join(this.folder, 'desk');
  }

  async #start({
    people,
    hasManyMeans,
    startDatabase = startMariadb,
    startCounters,
    makeBase = makeProductBase,
  }) {
    makeAuthority(this.#desk, { host: HOST });
    await this.carriers.open();
    this.counters = await startCounters?.();
    this.mariadb = await startDatabase(this);
    this.base = await makeBase(this.ground, 'prove', people);
    if (hasManyMeans) await this.#addMeans();
    await this.#startInstances();
    await this.#startNginx();
  }

  async #addMeans() {
    await giveMeans(this.base);
    this.psc = await PscProvider.start(`https://${HOST}`, this.#desk);
  }

  async #startInstances() {
    for (let at = 0; at < INSTANCES; at++) this.#ports.push(await freePort());
    for (let at = 0; at < INSTANCES; at++) await this.startInstance(at);
  }

  async #startNginx() {
    this.port = await freePort();
    const api = this.#ports.map((port) => `127.0.0.1:${port}`);
    const values = { host: HOST, cardHost: `carte.${HOST}`, api, http: await freePort(), https: this.port, origin: `https://${HOST}`, secret: 'none' }; // prettier-ignore
    const file = writeNginx(this.#desk, values);
    this.nginx = spawn('nginx', ['-p', join(this.#desk, 'nginx'), '-c', file], { stdio: 'inherit' });
    this.url = `https://127.0.0.1:${this.port}`;
    await sleep(500);
  }
}

function startMariadb() {
  return ThrowAwayMariadb.start({ durable: true, bufferPool: '1G', args: ['--innodb-log-file-size=512M'] });
}
