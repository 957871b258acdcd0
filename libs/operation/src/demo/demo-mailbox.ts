import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import type { MailTransport, SendAttempt, SmsMessage, SmsSender } from '@portillon/notification';
import type { SendMailOptions, SentMessageInfo, Transport } from 'nodemailer';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DemoMessage {
  /** The line number in the file: a later message has a higher one. */
  id: number;
  channel: 'EMAIL' | 'SMS';
  to: string;
  subject?: string;
  text: string;
  /** The mail as its reader sees it; an SMS has none. */
  html?: string;
  sentAt: string;
}

const KEPT = 200;

/** Stores the demo's mail and SMS instead of sending them. Keeps the latest messages between starts. */
@Injectable()
export class DemoMailbox {
  readonly #file: string;
  readonly #messages: DemoMessage[];
  #count: number;

  constructor(
    dataFolder: string,
    private readonly clock: Clock,
  ) {
    mkdirSync(dataFolder, { recursive: true });
    this.#file = join(dataFolder, 'demo-mailbox.jsonl');
    const all = read(this.#file);
    this.#count = all.length;
    this.#messages = all.slice(-KEPT);
  }

  /** Lists the newest first. `to`: only messages to this recipient. `after`: only messages after this id. */
  list({ to, after = 0 }: { to?: string; after?: number } = {}): DemoMessage[] {
    const wanted = this.#messages.filter(({ id, to: at }) => id > after && (to === undefined || at === to));
    return wanted.toReversed();
  }

  find(id: number): DemoMessage | undefined {
    return this.#messages.find((message) => message.id === id);
  }

  /** A nodemailer transport, so that mails are composed exactly as real ones. */
  get mailTransport(): MailTransport {
    const transport: Transport = {
      name: 'demo-mailbox',
      version: '1',
      send: (mail, done) => {
        const { to, subject, text, html } = mail.data as SendMailOptions & { text: string; html: string };
        this.#keep({ channel: 'EMAIL', to: addressOf(to), subject: String(subject), text, html });
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

  #keep(message: Omit<DemoMessage, 'id' | 'sentAt'>): void {
    const kept = { ...message, sentAt: this.clock.now().toISOString() };
    this.#messages.push({ id: ++this.#count, ...kept });
    if (this.#messages.length > KEPT) this.#messages.shift();
    appendFileSync(this.#file, `${JSON.stringify(kept)}\n`, { mode: 0o600 });
  }
}

function read(file: string): DemoMessage[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines
      .filter(Boolean)
      .map((line, at) => ({ id: at + 1, ...(JSON.parse(line) as Omit<DemoMessage, 'id'>) }));
  } catch {
    return [];
  }
}

function addressOf(to: SendMailOptions['to']): string {
  const first = [to].flat()[0] as string | { address: string };
  return typeof first === 'object' ? first.address : String(first);
}
