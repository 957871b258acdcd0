import type { MailerService } from '@nestjs-modules/mailer';
import type { Clock } from '@portillon/kernel';
import { mailFailure } from './mail.failure';
import { renderMail } from './mail.renderer';
import type { Mailbox } from './mailbox';
import type { MailMessage } from './message';
import { HandOver } from './hand-over';
import type { Provider, SendAttempt, SendContext } from './send-attempt';

type SendMailOptions = Parameters<MailerService['sendMail']>[0];

export interface MailRelayOptions {
  /** Name of the transport in the mailer. */
  transporterName: string;
  /** For the ledger: host and port, or what the transport calls itself. */
  name: string;
  from: Mailbox;
  /** Whether the transport reads the message only when the server asked for it. Otherwise a failure without a reply counts as handed over. */
  tellsHandOver: boolean;
}

/** One way out for mail, through `@nestjs-modules/mailer`. */
export class MailRelay implements Provider<MailMessage> {
  readonly name: string;

  constructor(
    private readonly mailer: MailerService,
    private readonly clock: Clock,
    private readonly options: MailRelayOptions,
  ) {
    this.name = options.name;
  }

  async send(message: MailMessage, context: SendContext): Promise<SendAttempt> {
    const handOver = new HandOver();
    const letter = { ...this.#letter(message, context.id), signal: context.signal, handOver };
    try {
      const info = (await this.mailer.sendMail(letter as SendMailOptions)) as { messageId?: string };
      return { status: 'sent', reference: info.messageId };
    } catch (error) {
      return mailFailure(error as object, handOver.begun || !this.options.tellsHandOver);
    }
  }

  async check(): Promise<void> {
    // `false` is nodemailer's answer for a transport that has nothing to verify.
    await this.mailer.getTransporter(this.options.transporterName).verify();
  }

  #letter(message: MailMessage, id: string): SendMailOptions {
    const { from, transporterName } = this.options;
    return {
      ...renderMail(message, from.name || from.address),
      transporterName,
      from,
      to: { name: '', address: message.to },
      subject: oneLine(message.subject),
      date: this.clock.now(),
      messageId: `<${id}@${from.domain}>`,
      headers: {
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        'Content-Language': message.locale,
      },
    };
  }
}

/** A header is one line: what a name or a subject smuggles in must not begin another. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
