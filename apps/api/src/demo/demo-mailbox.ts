import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import type { MailTransport, SendAttempt, SmsMessage, SmsSender } from '@portillon/notification';
import type { SendMailOptions, SentMessageInfo, Transport } from 'nodemailer';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DemoMessage {
  channel: 'EMAIL' | 'SMS';
  to: string;
  subject?: string;
  text: string;
  sentAt: string;
}

const KEPT = 200;

/** Where the demo's mail and SMS go instead of leaving. Kept between starts, the latest messages only. */
@Injectable()
export class DemoMailbox {
  readonly #file: string;
  readonly #messages: DemoMessage[];

  constructor(
    dataFolder: string,
    private readonly clock: Clock,
  ) {
    mkdirSync(dataFolder, { recursive: true });
    this.#file = join(dataFolder, 'demo-mailbox.jsonl');
    this.#messages = read(this.#file).slice(-KEPT);
  }

  /** Newest first; those to `to` alone when it is given. */
  list(to?: string): DemoMessage[] {
    const wanted = to === undefined ? this.#messages : this.#messages.filter((message) => message.to === to);
    return wanted.toReversed();
  }

  /** A nodemailer transport, so that mails are composed exactly as real ones. */
  get mailTransport(): MailTransport {
    const transport: Transport = {
      name: 'demo-mailbox',
      version: '1',
      send: (mail, done) => {
        const { to, subject, text } = mail.data as SendMailOptions & { text: string };
        this.#keep({ channel: 'EMAIL', to: addressOf(to), subject: String(subject), text });
        done(null, { messageId: mail.message.messageId() } as SentMessageInfo);
      },
    };
    return transport;
  }

  get smsSender(): SmsSender {
    return { name: 'demo-mailbox', send: (message) => Promise.resolve(this.#keepSms(message)) };
  }

  #keepSms(message: SmsMessage): SendAttempt {
    this.#keep({ channel: 'SMS', to: message.to, text: message.text });
    return { status: 'sent' };
  }

  #keep(message: Omit<DemoMessage, 'sentAt'>): void {
    const kept = { ...message, sentAt: this.clock.now().toISOString() };
    this.#messages.push(kept);
    if (this.#messages.length > KEPT) this.#messages.shift();
    appendFileSync(this.#file, `${JSON.stringify(kept)}\n`, { mode: 0o600 });
  }
}

function read(file: string): DemoMessage[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.filter(Boolean).map((line) => JSON.parse(line) as DemoMessage);
  } catch {
    return [];
  }
}

function addressOf(to: SendMailOptions['to']): string {
  const first = [to].flat()[0] as string | { address: string };
  return typeof first === 'object' ? first.address : String(first);
}
