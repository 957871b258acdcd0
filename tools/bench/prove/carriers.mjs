import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeIn } from '../mailbox.mjs';

const require = createRequire(import.meta.url);
require('@swc-node/register');
const { OvhServer, SmtpSink, TwilioServer } = require('../../../libs/testing/src/servers.ts');

const LOOK_MS = 5;
const OVH_KEYS = { applicationKey: 'key', applicationSecret: 'secret', consumerKey: 'consumer' };
const OVH_SERVICE = 'sms-ab12345-1';

/** Two mail relays and two SMS providers; a proof disturbs the first of each. People read the messages of each. */
export class Carriers {
  first = new SmtpSink();
  second = new SmtpSink();
  twilio = new TwilioServer();
  ovh = new OvhServer(OVH_KEYS, OVH_SERVICE);
  /** Number of codes received by each address or number. */
  sent = new Map();
  #waiting = new Map();
  #codes = new Map();
  #isOpen = true;

  async open() {
    for (const one of [this.first, this.second, this.twilio, this.ovh]) await one.start();
    this.ports = { relay: portOf(this.first), twilio: portOf(this.twilio) };
    this.url = `${this.first.url},${this.second.url}`;
    void this.#read();
  }

  /** Settings with which an instance sends SMS. */
  get environment() {
    return {
      SMS_PROVIDERS: 'twilio,ovh',
      TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: 'token-of-the-proofs',
      TWILIO_FROM: '+33937000000',
      TWILIO_API_URL: this.twilio.url,
      OVH_APPLICATION_KEY: OVH_KEYS.applicationKey,
      OVH_APPLICATION_SECRET: OVH_KEYS.applicationSecret,
      OVH_CONSUMER_KEY: OVH_KEYS.consumerKey,
      OVH_SMS_SERVICE: OVH_SERVICE,
      OVH_SENDER: 'Portillon',
      OVH_API_URL: this.ovh.url,
      SMS_DAILY_BUDGET: '100000',
    };
  }

  /** Replaces the first relay: a stopped one accepts no mail any more. */
  async restartFirst() {
    this.first = await new SmtpSink().start(this.ports.relay);
  }

  async restartTwilio() {
    this.twilio = await new TwilioServer().start(this.ports.twilio);
  }

  /** Newest unread code for an `address` or number; undefined when none arrives in time. */
  async codeFor(address, patienceMs = 30_000) {
    const there = this.#codes.get(address);
    if (this.#codes.delete(address)) return there;
    const came = new Promise((resolve) => this.#waiting.set(address, resolve));
    const code = await Promise.race([came, sleep(patienceMs, undefined, { ref: false })]);
    // A later code is for the next call.
    this.#waiting.delete(address);
    return code;
  }

  async close() {
    this.#isOpen = false;
    await Promise.all([this.first, this.second, this.twilio, this.ovh].map((one) => one.stop()));
  }

  async #read() {
    for (; this.#isOpen; await sleep(LOOK_MS)) {
      for (const { mails } of [this.first, this.second])
        for (const { to, text } of mails.splice(0)) this.#keep(to.value[0].address, text);
      for (const { to, body } of this.twilio.messages.splice(0)) this.#keep(to, body);
      for (const { receivers, message } of this.ovh.jobs.splice(0)) this.#keep(receivers[0], message);
    }
  }

  #keep(address, text) {
    const code = codeIn(text);
    if (!code) return;
    this.sent.set(address, (this.sent.get(address) ?? 0) + 1);
    const waiting = this.#waiting.get(address);
    if (this.#waiting.delete(address)) waiting(code);
    else this.#codes.set(address, code);
  }
}

function portOf({ url }) {
  return Number(new URL(url).port);
}
