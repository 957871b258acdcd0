import type { MailerService } from '@nestjs-modules/mailer';
import type { Clock } from '@portillon/kernel';
import { HandOver } from './hand-over';
import type { LazyMailer } from './lazy-mailer';
import { AUTOMATIC, composeMail, Letter, messageId } from './mail.composer';
import { mailFailure } from './mail.failure';
import type { Mailbox } from './mailbox';
import type { MailMessage } from './message';
import type { Provider, SendAttempt, SendContext } from './send-attempt';

type SendMailOptions = Parameters<MailerService['sendMail']>[0];

export interface MailRelayOptions {
  /** Name of the transport in the mailer. */
  transporterName: string;
  /** For the ledger: host and port, or what the transport calls itself. */
  name: string;
  from: Mailbox;
  /** Whether it is SMTP, or a transport plugin, which wants the fields of a mail and not its bytes. */
  smtp: boolean;
}

/** One way out for mail, through `@nestjs-modules/mailer`. */
export class MailRelay implements Provider<MailMessage> {
  readonly name: string;

  constructor(
    private readonly lazyMailer: LazyMailer,
    private readonly clock: Clock,
    private readonly options: MailRelayOptions,
  ) {
    this.name = options.name;
  }

  async send(message: MailMessage, { id, signal }: SendContext): Promise<SendAttempt> {
    const { mailer, render } = await this.lazyMailer.load();
    const { from, smtp, transporterName } = this.options;
    const { to, subject, locale } = message;
    const letter = {
      ...render(message, from.name || from.address),
      id,
      from,
      to,
      subject,
      locale,
      date: this.clock.now(),
    };
    const handOver = new HandOver();
    const mail = {
      ...(smtp ? asBytes(letter) : asFields(letter)),
      messageId: messageId(letter),
      transporterName,
    };
    try {
      const info: unknown = await mailer.sendMail({ ...mail, signal, handOver } as SendMailOptions);
      return { status: 'sent', reference: queueId(info) ?? mail.messageId };
    } catch (error) {
      // A plugin does not tell when it has the message: a failure without a reply counts as handed over.
      return mailFailure(error as object, handOver.begun || !smtp);
    }
  }

  async check(): Promise<void> {
    const { mailer } = await this.lazyMailer.load();
    await mailer.getTransporter(this.options.transporterName).verify();
  }
}

function asBytes(letter: Letter): SendMailOptions {
  return { raw: composeMail(letter), envelope: { from: letter.from.address, to: [letter.to] } };
}

function asFields({ from, to, subject, text, html, date, locale }: Letter): SendMailOptions {
  const headers = { ...AUTOMATIC, 'Content-Language': locale };
  return { from, to: { name: '', address: to }, subject, text, html, date, headers };
}

/** What the server called the message when it took it. */
function queueId(info: unknown): string | undefined {
  const { serverMessageId } = info as { serverMessageId?: unknown };
  return typeof serverMessageId === 'string' ? serverMessageId.slice(0, 191) : undefined;
}
