import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const require = createRequire(import.meta.url);
require('@swc-node/register');
const { SmtpSink } = require('../../libs/testing/src/services/smtp-sink.ts');

/** Six digits after « code : » or « code de connexion : », possibly in two groups. Notices have none. */
const CODE = /code\b[^:\d\n]{0,30}:\s*(\d{3})\s?(\d{3})(?!\d)/i;
const LOOK_MS = 1;
const PATIENCE_MS = 30_000;

/** Receives the mail of both sides in the driver's process: its time counts for neither. */
export class Mailbox {
  #sink = new SmtpSink();
  #codes = new Map();

  async open() {
    await this.#sink.start();
    this.url = this.#sink.url;
  }

  /** Waits for the code sent to `address`, and returns it once. */
  async codeFor(address) {
    for (const from = performance.now(); performance.now() - from < PATIENCE_MS; await sleep(LOOK_MS)) {
      this.#sink.mails.splice(0).forEach((mail) => this.#keep(mail));
      const code = this.#codes.get(address);
      if (this.#codes.delete(address)) return code;
    }
    throw new Error(`No mail to ${address}`);
  }

  close() {
    return this.#sink.stop();
  }

  #keep({ text, to }) {
    const code = codeIn(text);
    if (code) this.#codes.set(to.value[0].address, code);
  }
}

/** The code in a mail or an SMS; nothing for a notice. */
export function codeIn(text) {
  const found = CODE.exec(text);
  return found && found[1] + found[2];
}
