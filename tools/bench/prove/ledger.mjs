import { setTimeout as sleep } from 'node:timers/promises';
import { command } from '../product.mjs';
import { PASSWORD, person } from '../people.mjs';

const PACE_MS = 200;
const PATIENCE_MS = 20_000;
const WRONG_CODE = '000000';
const HEADERS = {
  'content-type': 'application/json',
  origin: 'https://bench.example',
  'x-forwarded-proto': 'https',
};

/**
 * People who use each instance directly and write down what it acknowledged: one wrong code, the right code given to
 * both instances at once, a session that is ended. Afterwards the record is compared with the service.
 */
export class Ledger {
  #signIns = [];
  #refusals = 0;
  #before = 0;
  #isOpen = true;

  /** `turn` returns the number of the next person, who does nothing else meanwhile. */
  constructor(platform, turn) {
    this.platform = platform;
    this.turn = turn;
  }

  /** Goes on until {@link close}. */
  async run() {
    this.#before = await this.#counted();
    for (let at = 0; this.#isOpen; at++) {
      await this.#signIn(person(this.turn()), at).catch(() => undefined);
      await sleep(PACE_MS);
    }
  }

  close() {
    this.#isOpen = false;
  }

  /** What is not as it was acknowledged; empty when all is. */
  async faults() {
    const faults = [];
    for (const { right, answers, session, ended } of this.#signIns) {
      const all = [...answers, await this.#post(0, '/api/sign-in/code', right)];
      if (all.filter(isIn).length > 1)
        faults.push(`a code was accepted twice (${all.map(({ status }) => status).join(', ')})`);
      const open = await this.#session(session);
      if (ended && open) faults.push('an ended session is open');
      if (!ended && !open) faults.push('an open session was lost');
    }
    const counted = (await this.#counted()) - this.#before;
    if (counted < this.#refusals)
      faults.push(`${this.#refusals - counted} refused codes are not in the journal`);
    return [...faults, ...(await this.#faultsOfJournal())];
  }

  /** As {@link faults}, after a cleaning: no used code is accepted again, and no session of before is open. */
  async faultsOfCleaned() {
    const faults = [];
    for (const { right, session } of this.#signIns) {
      if (isIn(await this.#post(0, '/api/sign-in/code', right)))
        faults.push('a used code was accepted again');
      if (await this.#session(session)) faults.push('a session of before the loss is open');
    }
    return [...faults, ...(await this.#faultsOfJournal())];
  }

  /** Number of sign-ins and refusals in the record. */
  get size() {
    return this.#signIns.length + this.#refusals;
  }

  async #signIn({ username, email, address }, at) {
    const given = { username, password: PASSWORD };
    const begun = await this.#post(at % 2, '/api/sign-in/password', { body: given, address });
    const cookie = cookiesOf(begun);
    const code = begun.status === 200 && (await this.platform.carriers.codeFor(email, PATIENCE_MS));
    if (!code) return;
    const wrong = await this.#post(at % 2, '/api/sign-in/code', {
      body: { code: WRONG_CODE },
      cookie,
      address,
    });
    if (wrong.status === 401) this.#refusals++;
    const right = { body: { code }, cookie, address };
    const both = [0, 1].map((instance) => this.#post(instance, '/api/sign-in/code', right));
    const answers = (await Promise.allSettled(both)).flatMap(({ value }) => value ?? []);
    const entered = answers.find(isIn);
    if (!entered) return;
    const one = { right, answers, session: `${cookie}; ${cookiesOf(entered)}`, ended: false };
    this.#signIns.push(one);
    if (at % 2 === 0) return;
    const out = await this.#ask(at % 2, '/api/session', {
      method: 'DELETE',
      headers: { cookie: one.session },
    });
    one.ended = out.status === 204;
    // Without an answer it may be either.
    if (!one.ended) this.#signIns.pop();
  }

  async #faultsOfJournal() {
    await command(this.platform.base, ['audit', 'seal']);
    return command(this.platform.base, ['audit', 'verify']).then(
      () => [],
      (error) => [error.message],
    );
  }

  async #counted() {
    const { base, mariadb } = this.platform;
    const [{ n }] = await mariadb.query(
      `SELECT COUNT(*) AS n FROM ${base.name}.auditEvent WHERE name = 'authn_code_fail'`,
    );
    return Number(n);
  }

  async #session(cookie) {
    return (await this.#ask(0, '/api/session', { headers: { cookie } })).status === 200;
  }

  #post(instance, path, { body, cookie = '', address }) {
    const headers = { cookie, 'x-forwarded-for': address };
    return this.#ask(instance, path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  #ask(instance, path, { headers, ...init }) {
    const { url } = this.platform.instances[instance];
    const signal = AbortSignal.timeout(PATIENCE_MS);
    return fetch(url + path, { ...init, signal, headers: { ...HEADERS, ...headers } });
  }
}

function isIn({ status }) {
  return status === 200;
}

function cookiesOf(answer) {
  return answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; '); // prettier-ignore
}
