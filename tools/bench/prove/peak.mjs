import { Pool } from 'undici';
import { check } from '../application-loads.mjs';
import { processorMs } from '../processor-time.mjs';
import { lineOf, morning } from './load.mjs';
import { openLoop } from './open-loop.mjs';
import { Platform } from './platform.mjs';

const BROWSERS = 128;
const CONNECTIONS = 32;

/** `rate` sign-ins per second on two instances for `seconds`, with `checks` forward-auth checks per second. */
export async function peak({ rate, seconds, checks, people }) {
  const platform = await Platform.open({ people });
  try {
    const gate = new Checks(platform);
    const before = use(platform);
    const { crowd, browser } = await morning(platform, { seconds, rateAt: () => rate }, () =>
      openLoop(seconds, () => checks, gate.ask),
    );
    await gate.answered();
    const cores = (use(platform) - before) / (seconds * 1_000);
    const line = await lineOf(crowd, browser);
    return [
      { what: `${rate} a second for ${seconds} s`, ...line, gate: gate.summary(), cores: cores.toFixed(2) },
    ];
  } finally {
    await platform.close();
  }
}

/** Processor time of the instances and the database, in ms. */
function use({ instances, mariadb }) {
  return [...instances, mariadb].reduce((sum, { pid }) => sum + processorMs(pid), 0);
}

/** Forward-auth checks of people who opened the application, as a reverse proxy sends for each image. */
class Checks {
  #times = [];
  #failed = 0;
  #open = new Set();
  #next = 0;

  constructor({ instances, base }) {
    this.pools = instances.map(({ url }) => new Pool(url, { connections: CONNECTIONS }));
    this.base = base;
  }

  ask = () => {
    const at = this.#next++;
    const cookie = this.base.gateCookieOf(at % BROWSERS);
    const from = performance.now();
    const one = check(this.pools[at % this.pools.length], { accept: 'image/*', cookie }).then(
      () => this.#times.push(performance.now() - from),
      () => this.#failed++,
    );
    this.#open.add(one);
    void one.finally(() => this.#open.delete(one));
  };

  async answered() {
    await Promise.all(this.#open);
    await Promise.all(this.pools.map((pool) => pool.close()));
  }

  summary() {
    const times = this.#times.sort((a, b) => a - b);
    const at = (part) => `${times[Math.floor((times.length - 1) * part)]?.toFixed(0)} ms`;
    return `${times.length} checks, p50 ${at(0.5)}, p99 ${at(0.99)}, ${this.#failed} failed`;
  }
}
