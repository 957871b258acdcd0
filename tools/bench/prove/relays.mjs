import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '../mailbox.mjs';

const require = createRequire(import.meta.url);
require('@swc-node/register');
const { SmtpSink } = require('../../../libs/testing/src/smtp-sink.ts');

const LOOK_MS = 5;

/** Two mail relays, the first of which a proof ails; people read what either took. */
export class Relays {
  first = new SmtpSink();
  second = new SmtpSink();
  /** How many codes came to each address. */
  sent = new Map();
  #waiting = new Map();
  #codes = new Map();
  #isOpen = true;

  async open() {
    await this.first.start();
    await this.second.start();
    this.port = Number(new URL(this.first.url).port);
    this.url = `${this.first.url},${this.second.url}`;
    void this.#read();
  }

  /** Another in the place of the first one: one that was stopped takes no mail any more. */
  async restartFirst() {
    this.first = await new SmtpSink().start(this.port);
  }

  /** The newest code sent to `address` that nobody took yet; undefined when none comes in time. */
  async codeFor(address, patienceMs = 30_000) {
    const there = this.#codes.get(address);
    if (this.#codes.delete(address)) return there;
    const came = new Promise((resolve) => this.#waiting.set(address, resolve));
    return Promise.race([came, sleep(patienceMs, undefined, { ref: false })]);
  }

  async close() {
    this.#isOpen = false;
    await Promise.all([this.first.stop(), this.second.stop()]);
  }

  async #read() {
    for (; this.#isOpen; await sleep(LOOK_MS))
      for (const relay of [this.first, this.second])
        relay.mails.splice(0).forEach((mail) => this.#keep(mail));
  }

  #keep(mail) {
    const found = codeOf(mail);
    if (!found) return;
    const { address, code } = found;
    this.sent.set(address, (this.sent.get(address) ?? 0) + 1);
    const waiting = this.#waiting.get(address);
    if (this.#waiting.delete(address)) waiting(code);
    else this.#codes.set(address, code);
  }
}
