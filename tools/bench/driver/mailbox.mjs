import { fork } from 'node:child_process';
import { once } from 'node:events';

const PATIENCE_MS = 10_000;

/** What the SMTP sink received: the latest code per address, taken once. */
export class Mailbox {
  #codes = new Map();
  #waiting = new Map();

  static async open() {
    const mailbox = new Mailbox();
    mailbox.child = fork(new URL('./smtp-sink.mjs', import.meta.url));
    const [{ port }] = await once(mailbox.child, 'message');
    mailbox.url = `smtp://127.0.0.1:${port}`;
    mailbox.child.on('message', (mail) => mailbox.#receive(mail));
    return mailbox;
  }

  /** The code that was sent to `address`, waiting for it if the mail has not come yet. */
  take(address) {
    const code = this.#codes.get(address);
    this.#codes.delete(address);
    if (code) return code;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`No mail to ${address}`)), PATIENCE_MS);
      this.#waiting.set(address, (one) => (clearTimeout(late), resolve(one)));
    });
  }

  close() {
    this.child.kill();
  }

  #receive({ address, code }) {
    const waiting = this.#waiting.get(address);
    if (!waiting) return this.#codes.set(address, code);
    this.#waiting.delete(address);
    waiting(code);
  }
}
