import { randomUUID } from 'node:crypto';
import type { SmtpSink, TwilioServer } from '@portillon/testing/servers';
import type { Answer } from './answer.types';
import { eventually } from '../server/eventually';
import type { Visitor } from './visitor';

export const PASSWORD = 'Trois-Dames-au-Port-2026';
/** Its digest, as the service makes it: made once here, so that no test waits for it. */
export const PASSWORD_DIGEST =
  '$argon2id$v=19$m=19456,t=2,p=1$c2FsdCBvZiB0aGUgdGVzdA$9gU5RCDIsDEG19Dz52owefS03XUNmX0mLJaiOInkEEE';
const CODE = /\b\d{6}\b/;
/** A code alone on its line, as a mail has it. */
const CODE_LINE = /^ {4}(\d{6})$/m;
const TOKEN = /#([0-9a-f-]{36}\.[\w-]{43})/;

/** Where what the server sends arrives. */
interface Inboxes {
  smtp: SmtpSink;
  twilio: TwilioServer;
}

/** A browser in which a person is signed in. */
interface Sender {
  send(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** A person with an account, a mailbox and a mobile phone. */
export class Person {
  readonly id = randomUUID();
  readonly username: string;
  readonly email: string;
  readonly displayName: string;
  password = PASSWORD;

  constructor(
    private readonly inboxes: Inboxes,
    mark: string,
    /** E.164. */
    readonly mobile: string,
  ) {
    this.username = `claire.${mark}`;
    this.email = `claire.${mark}@hopital.example`;
    this.displayName = `Claire ${mark}`;
  }

  /** As people type it: `06 39 98 12 42`. */
  get mobileAsTyped(): string {
    return `0${this.mobile.slice(3)}`.replace(/(\d\d)(?=\d)/g, '$1 ');
  }

  givePassword(visitor: Visitor, password = this.password): Promise<Answer> {
    return visitor.post('/api/sign-in/password', { username: this.username, password });
  }

  /** Password, then the code that came, by whichever way it came. */
  async signIn(visitor: Visitor): Promise<Answer> {
    const first = await this.givePassword(visitor);
    if (first.body.status !== 'code-required') return first;
    return visitor.post('/api/sign-in/code', { code: this.codeBy(first.body.challenge.channel) });
  }

  codeBy(channel: 'EMAIL' | 'SMS'): string {
    return channel === 'SMS' ? this.codeInSms() : this.codeInMail();
  }

  /** The code of the latest mail that has one. */
  codeInMail(): string {
    return CODE_LINE.exec(this.latestMail())![1]!;
  }

  /** The code of the latest SMS. */
  codeInSms(): string {
    return CODE.exec(this.inboxes.twilio.lastTo(this.mobile).body)![0];
  }

  /** The latest mail with a code: notices come when they come. */
  latestMail(): string {
    const mail = this.#mails().findLast((text) => CODE_LINE.test(text));
    if (!mail) throw new Error(`No code to ${this.email}`);
    return mail;
  }

  /** How many codes came by mail. */
  mailCount(): number {
    return this.#mails().filter((text) => CODE_LINE.test(text)).length;
  }

  /** Mails that notify or offer, by their subjects: no codes. */
  notices(): string[] {
    return this.#received()
      .filter((mail) => !CODE_LINE.test(mail.text ?? ''))
      .map((mail) => mail.subject ?? '');
  }

  /** The text of the mail whose subject has these words, once it came; the latest of several. */
  async mailAbout(words: string, howMany = 1): Promise<string> {
    const found = () => this.#received().filter((mail) => mail.subject?.includes(words));
    const what = `a mail about "${words}" to ${this.email}`;
    await eventually(what, () => found().length >= howMany);
    return found().at(-1)!.text!;
  }

  /** The token in the link of the latest mail about this. */
  async tokenIn(words: string, howMany?: number): Promise<string> {
    return TOKEN.exec(await this.mailAbout(words, howMany))![1]!;
  }

  #received() {
    return this.inboxes.smtp.mails.filter((mail) => JSON.stringify(mail.to ?? '').includes(this.email));
  }

  #mails(): string[] {
    return this.#received().map((mail) => mail.text ?? '');
  }

  smsCount(): number {
    return this.inboxes.twilio.messages.filter((message) => message.to === this.mobile).length;
  }

  /** A code that is not the right one. */
  wrongCode(right = this.codeInMail()): string {
    return String((Number(right) + 1) % 1_000_000).padStart(6, '0');
  }

  /** Types the number, proves it, and prefers SMS when asked to. */
  async setUpPhone(browser: Sender, { prefer = true } = {}): Promise<void> {
    await browser.send('PUT', '/api/account/phone', { phoneNumber: this.mobileAsTyped });
    await browser.send('POST', '/api/account/phone/verification');
    await browser.send('POST', '/api/account/phone/verification/code', { code: this.codeInSms() });
    if (prefer) await browser.send('PATCH', '/api/account', { codeChannel: 'SMS' });
  }
}
