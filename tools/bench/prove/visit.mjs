import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';
import { PASSWORD } from '../people.mjs';
import { nationalIdOf } from './means.mjs';

const require = createRequire(import.meta.url);
require('@swc-node/register');
const { ProviderBrowser } = require('../../../apps/api-e2e/src/harness/services/psc-provider.ts');

/** Number of presses before a person gives up, and the wait that the page shows. */
const PRESSES = 6;
const WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 10_000;
/** Time until the page offers another code. */
const RESEND_MS = 31_000;

/**
 * Signs in one person on an unknown browser. The person presses again when asked to, requests another code when none
 * comes, and goes back to the password when Pro Santé Connect fails. Never rejects. `seen`: the refusals on the way,
 * in order; `asked`: the number of messages requested.
 */
export async function visit(platform, person) {
  const browser = new Browser(platform, person);
  const begunAt = performance.now();
  const seen = [];
  const asks = { count: 0 };
  const isIn = await signIn(browser, platform, { person, seen, asks }).catch(
    (error) => (seen.push(error.code ?? error.message), false),
  );
  browser.close();
  const endedAt = performance.now();
  return { person, isIn, seen, asked: asks.count, cookies: browser.cookies, begunAt, endedAt };
}

async function signIn(browser, platform, { person, seen, asks }) {
  if (platform.meansOf(person) === 'e-cps' && (await byECps(browser, platform.psc, person, seen)))
    return true;
  const { username } = person;
  for (let press = 0; press < PRESSES; press++) {
    asks.count++;
    const begun = await browser.post('/api/sign-in/password', { username, password: PASSWORD });
    if (begun.isIn) return true;
    if (begun.status !== 200) await refused(begun, seen);
    else if (await enterCode(browser, platform, { person, seen, asks })) return true;
  }
  return false;
}

async function byECps(browser, psc, person, seen) {
  const { location, outcome } = await browser.get('/api/sign-in/pro-sante-connect');
  const landed = location?.startsWith(psc.origin) ? await there(browser, psc, person, location) : { location, outcome }; // prettier-ignore
  if ((await browser.get('/api/session')).status === 200) return true;
  seen.push(`Pro Santé Connect: ${landed.location?.split('?erreur=')[1] ?? landed.outcome}`);
  return false;
}

/** To Pro Santé Connect, and back. */
async function there(browser, psc, person, location) {
  try {
    await psc.knows(person.username, { SubjectNameID: nationalIdOf(person) });
    const back = await new ProviderBrowser().signIn(location, person.username);
    return await browser.get(back.pathname + back.search);
  } catch {
    return { outcome: 'no answer' };
  }
}

async function enterCode(browser, platform, { person, seen, asks }) {
  const address = platform.addressOf(person);
  const code =
    (await platform.carriers.codeFor(address, RESEND_MS)) ??
    (await codeAgain(browser, platform.carriers, { address, seen, asks }));
  for (let press = 0; code && press < PRESSES; press++) {
    const entered = await browser.post('/api/sign-in/code', { code });
    if (entered.isIn) return true;
    await refused(entered, seen);
    if (entered.status < 500) return false;
  }
  return false;
}

async function codeAgain(browser, carriers, { address, seen, asks }) {
  seen.push('no code in 30 s');
  asks.count++;
  const sent = await browser.post('/api/sign-in/code/resend', {});
  if (sent.status !== 202) return void (await refused(sent, seen));
  return carriers.codeFor(address, RESEND_MS);
}

async function refused({ outcome, retryAfterMs = WAIT_MS }, seen) {
  seen.push(outcome);
  await sleep(Math.min(retryAfterMs, LONGEST_WAIT_MS));
}

/** A browser with its own address and connection. */
class Browser {
  #client;
  #jar = new Map();

  constructor({ url, host }, { address }) {
    this.host = host;
    const connect = { rejectUnauthorized: false, servername: host };
    const localAddress = `127${address.slice(2)}`;
    this.#client = new Client(url, { connect, localAddress, bodyTimeout: 30_000, headersTimeout: 30_000 });
  }

  get cookies() {
    return [...this.#jar].map((pair) => pair.join('=')).join('; ');
  }

  get(path) {
    return this.#exchange({ method: 'GET', path });
  }

  post(path, body) {
    const headers = { 'content-type': 'application/json' };
    return this.#exchange({ method: 'POST', path, headers, body: JSON.stringify(body) });
  }

  close() {
    void this.#client.destroy();
  }

  /** `outcome`: such as « 503 service.busy »; a missing answer is one too. `location`: redirect target, if any. */
  async #exchange({ headers, ...request }) {
    const own = { host: this.host, cookie: this.cookies };
    try {
      const answer = await this.#client.request({ ...request, headers: { ...headers, ...own } });
      this.#keep(answer.headers['set-cookie']);
      const { location } = answer.headers;
      return { ...read(answer.statusCode, await answer.body.text()), location };
    } catch (error) {
      return { status: 599, outcome: `no answer (${error.code ?? error.name})` };
    }
  }

  #keep(set) {
    for (const one of [set ?? []].flat()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(one);
      if (value) this.#jar.set(name, value);
      else this.#jar.delete(name);
    }
  }
}

function read(status, text) {
  if (status < 300) return { status, outcome: String(status), isIn: text.includes('"signed-in"') };
  const { code, retryAfterSeconds } = problemOf(text);
  return {
    status,
    outcome: `${status} ${code ?? ''}`.trim(),
    ...(retryAfterSeconds && { retryAfterMs: retryAfterSeconds * 1_000 }),
  };
}

/** A proxy may answer with an HTML page. */
function problemOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
