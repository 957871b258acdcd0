import type { Clock } from '@portillon/kernel';
import { domainToASCII } from 'node:url';
import type { ChannelProvider, SendAttempt, SendContext, Mailer } from '../channels/channel-provider.types';
import type { MailMessage, LabelledValue } from '../message.types';
import type { MailOptions } from '../notification.options';
import type { BounceAddresses } from './bounce-address';
import { mailFailure } from './mail.failure';
import { DataPhase, MAIL_TEMPLATE, MailRoute } from './mailer.options';
import type { Mailbox } from './mailer.options';

/** Sender and separators of the mails. */
export interface Sender extends Pick<MailOptions, 'separators'> {
  from: Mailbox;
  bounceAddresses: BounceAddresses;
}

const LONGEST_REFERENCE = 191;
/** Marks the mail as automatic, so that no absence message comes back (RFC 3834, 5; Exchange reads the second header). */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/** Sends mail by one relay, through `@nestjs-modules/mailer`. */
export class MailProvider implements ChannelProvider<MailMessage> {
  readonly name: string;

  constructor(
    private readonly mailer: Mailer,
    private readonly route: MailRoute,
    private readonly sender: Sender,
    private readonly clock: Clock,
  ) {
    this.name = route.name;
    // An EventEmitter without an error listener ends the process; each sending gets its own error anyway.
    mailer.getTransporter(route.transporterName).on('error', () => undefined);
  }

  async send(message: MailMessage, { id, signal }: SendContext): Promise<SendAttempt> {
    const dataPhase = new DataPhase();
    const mail = this.#compose(message, id);
    try {
      const info: unknown = await this.mailer.sendMail({ ...mail, signal, dataPhase });
      return { status: 'sent', reference: queueId(info) ?? mail.messageId };
    } catch (error) {
      // A plugin does not show when it has the message: a failure without a reply counts as handed over.
      return mailFailure(error as object, dataPhase.begun || !this.route.smtp);
    }
  }

  async check(): Promise<void> {
    await this.mailer.getTransporter(this.route.transporterName).verify();
  }

  #compose(message: MailMessage, id: string) {
    const { to, subject, locale, body } = message;
    const { name, address, domain } = this.sender.from;
    const preview = renderPreview(message, this.sender.separators);
    return {
      transporterName: this.route.transporterName,
      from: { name, address },
      to: { name: '', address: to },
      subject,
      date: this.clock.now(),
      // The id stays the same for every attempt.
      messageId: `<${id}@${domainToASCII(domain)}>`,
      headers: { ...AUTOMATIC, 'Content-Language': locale },
      text: renderText(message, this.sender.separators),
      template: MAIL_TEMPLATE,
      context: contextOf({
        ...body,
        locale,
        subject,
        preview,
        brand: brandOf(name || address, body.organisation),
      }),
      textEncoding: 'quoted-printable' as const,
      xMailer: false,
      ...returnTo(this.sender.bounceAddresses.of(id), to),
    };
  }
}

function brandOf(sender: string, organisation: string | undefined): string {
  return organisation ? `${sender} · ${organisation}` : sender;
}

/**
 * Envelope of a mail with a bounce address. Where the relay supports it, the bounce does not include the code (RFC
 * 3461, 4.3).
 */
function returnTo(from: string | undefined, to: string): object {
  if (!from) return {};
  return { envelope: { from, to }, dsn: { ret: 'HDRS', notify: ['FAILURE'] } };
}

/**
 * Context of the template, under one name and without a prototype: the mailer would insert any named value into a
 * subject that has its name in braces.
 */
function contextOf(mail: object): Record<string, unknown> {
  return Object.assign(Object.create(null) as object, { mail });
}

/** The server's id of the accepted message. */
function queueId(info: unknown): string | undefined {
  const { serverMessageId } = info as { serverMessageId?: unknown };
  return typeof serverMessageId === 'string' ? serverMessageId.slice(0, LONGEST_REFERENCE) : undefined;
}

/** Typography: French has a no-break space before a colon. */
const SEPARATORS: Readonly<Record<string, string>> = { fr: '\u00a0:' };
const SEPARATOR = ':';

/**
 * Renders the mail as plain text, with the content of the HTML part in the same order. `separators`: text after a
 * label, by language.
 */
function renderText({ locale, body }: MailMessage, separators = SEPARATORS): string {
  const colon = separators[locale] ?? SEPARATOR;
  const line = (one: LabelledValue) => renderLine(one, colon);
  const blocks = [
    body.organisation,
    body.title,
    ...body.paragraphs,
    body.highlight && `${body.highlight.label}${colon}\n\n    ${body.highlight.value}`,
    body.link && `${body.link.label}${colon}\n\n    ${body.link.url}`,
    body.details?.map(line).join('\n'),
    ...body.closing,
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

/** Renders the preview in a list of mails: the code, or the deadline. */
function renderPreview({ locale, body }: MailMessage, separators = SEPARATORS): string {
  const first = body.preview ?? body.highlight;
  if (!first) return body.paragraphs[0] ?? body.title;
  return renderLine(first, separators[locale] ?? SEPARATOR);
}

function renderLine({ label, value }: LabelledValue, colon: string): string {
  return `${label}${colon} ${value}`;
}
