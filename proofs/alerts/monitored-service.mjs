import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { PASSWORD, person } from '../../tools/bench/people.mjs';
import { PROGRAM, settings } from '../../tools/bench/product.mjs';

export const PEOPLE = 4_000;
/** A mail each second, and an SMS. */
const MESSAGE_EVERY_MS = 1_000;

/** The platform with its operations ports, a worker, and people who request codes. */
export class MonitoredService {
  sends = { mail: true, sms: false };
  #worker;
  #timer;

  constructor(platform) {
    this.platform = platform;
  }

  get publicUrl() {
    return `https://localhost:${this.platform.port}`;
  }

  /** Starts the instances again with what a monitored service has. nginx presents a certificate of three days. */
  async monitored() {
    const { platform } = this;
    this.present(3);
    this.opsPorts = [await platform.freePort(), await platform.freePort(), await platform.freePort()];
    for (const at of [0, 1]) await this.restart(at);
    const env = { PATH: process.env.PATH, ...settings(platform.base), ...this.#environment(2), REDIS_URL: platform.counters.url, REDIS_ALLOW_PLAIN: 'true' }; // prettier-ignore
    this.#worker = spawn(process.execPath, [PROGRAM, 'worker'], { env, stdio: 'ignore' });
    let [mail, sms] = [0, 1];
    this.#timer = setInterval(() => {
      if (this.sends.mail) this.#ask((mail = (mail + 4) % PEOPLE));
      if (this.sends.sms) this.#ask((sms = (sms + 4) % PEOPLE));
    }, MESSAGE_EVERY_MS);
  }

  async restart(at, more) {
    await this.platform.instances[at].stop();
    await this.start(at, more);
  }

  start(at, more = {}) {
    return this.platform.startInstance(at, { ...this.#environment(at), ...more });
  }

  /** Has nginx present a certificate that is good for so many days. */
  present(days) {
    const folder = join(this.platform.folder, 'desk');
    const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', '-days', String(days)]; // prettier-ignore
    execFileSync('openssl', [...args, '-keyout', 'server.key', '-out', 'server.pem'], { cwd: folder, stdio: 'ignore' }); // prettier-ignore
    this.platform.nginx.kill('SIGHUP');
  }

  startNginx() {
    const { spawnfile, spawnargs } = this.platform.nginx;
    this.platform.nginx = spawn(spawnfile, spawnargs.slice(1), { stdio: 'inherit' });
  }

  stop() {
    clearInterval(this.#timer);
    this.#worker?.kill('SIGKILL');
  }

  #environment(at) {
    return { OPS_PORT: String(this.opsPorts[at]), PUBLIC_URL: this.publicUrl };
  }

  /** Asks the first instance for a code by mail or SMS, as the person's means say. */
  #ask(index) {
    const { username, address } = person(index);
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
    const body = JSON.stringify({ username, password: PASSWORD });
    const url = `${this.platform.instances[0].url}/api/sign-in/password`;
    fetch(url, { method: 'POST', headers, body }).then((answer) => answer.text(), () => undefined); // prettier-ignore
  }
}
