import { randomUUID } from 'node:crypto';
import type { Stage } from './stage';
import type { Answer, Visitor } from './visitor';

export const PASSWORD = 'Trois-Dames-au-Port-2026';
/** Its digest, as the service makes it: made once here, so that no test waits for it. */
export const PASSWORD_DIGEST =
  '$argon2id$v=19$m=19456,t=2,p=1$c2FsdCBvZiB0aGUgdGVzdA$9gU5RCDIsDEG19Dz52owefS03XUNmX0mLJaiOInkEEE';
const CODE = /\b\d{6}\b/;

/** Somebody with an account, a mailbox and a mobile phone. */
export class Person {
  readonly id = randomUUID();
  readonly username: string;
  readonly email: string;
  readonly displayName: string;
  password = PASSWORD;

  constructor(
    private readonly stage: Stage,
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

  /** The code of the latest mail. */
  codeInMail(): string {
    return CODE.exec(this.latestMail())![0];
  }

  /** The code of the latest SMS. */
  codeInSms(): string {
    return CODE.exec(this.stage.twilio.lastTo(this.mobile).body)![0];
  }

  latestMail(): string {
    return this.stage.smtp.lastTo(this.email).text!;
  }

  mailCount(): number {
    const toMe = (to: unknown) => JSON.stringify(to ?? '').includes(this.email);
    return this.stage.smtp.mails.filter((mail) => toMe(mail.to)).length;
  }

  smsCount(): number {
    return this.stage.twilio.messages.filter((message) => message.to === this.mobile).length;
  }

  /** A code that is not the right one. */
  wrongCode(right = this.codeInMail()): string {
    return String((Number(right) + 1) % 1_000_000).padStart(6, '0');
  }

  /** Types the number, proves it, and prefers SMS when asked to. */
  async setUpPhone(visitor: Visitor, { prefer = true } = {}): Promise<void> {
    await visitor.put('/api/account/phone', { phoneNumber: this.mobileAsTyped });
    await visitor.post('/api/account/phone/verification');
    await visitor.post('/api/account/phone/verification/code', { code: this.codeInSms() });
    if (prefer) await visitor.patch('/api/account', { codeChannel: 'SMS' });
  }
}
