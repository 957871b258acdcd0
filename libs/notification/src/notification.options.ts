import type { Transport } from 'nodemailer';
import { Bound, bounded, DAY, MINUTE, SECOND } from '@portillon/kernel';
import type { SmsSender } from './channels/channel-provider.types';
import type { SmsProviderOptions } from './sms/sms-providers';

/** An SMTP URL (`smtp://user:pass@host:587?requireTLS=true`, `smtps://…`) or a nodemailer transport plugin. */
export type MailTransport = string | Transport;

export interface NotificationOptions {
  /** Left out: mail is off. */
  mail?: MailOptions;
  /** Left out: SMS is off. */
  sms?: {
    /** In the order in which they are tried. */
    providers: (SmsProviderOptions | SmsSender)[];
  };
  limits?: Partial<NotificationLimits>;
}

export interface MailOptions {
  /** One relay, or several in the order in which they are tried. */
  transport: MailTransport | MailTransport[];
  /** `Name <address>`; the mail's header shows the name. */
  from: string;
  /** Maximum number of connections of this process to each SMTP server. Default: 20. Range: 1 to 200. Opened on demand. */
  connections?: number;
  /**
   * Time limit for each of the name, the connection and the greeting of an SMTP server, milliseconds. Default: 5,000.
   * Range: 1,000 to 8,000.
   */
  connectMs?: number;
  /** How long an idle connection stays open, milliseconds. Default: 60,000. Range: 5,000 to 300,000. */
  idleMs?: number;
  /** Left out: mails leave unsigned. */
  dkim?: DkimOptions;
  /**
   * Address for mails that cannot be delivered, `bounces@example.org`. Each mail leaves under `bounces+…@example.org`,
   * which identifies it. At most 10 letters and digits before the `@`. Without it, mails bounce to the sender.
   */
  bounces?: string;
  /** Whether an `smtp://` server without STARTTLS is refused instead of used in clear text. Default: false. */
  requireTls?: boolean;
  /** Folder of a custom `message.hbs` (Handlebars), instead of the library's `templates`. */
  templates?: string;
  /** Text after a label in the text part, by the mail's `locale`. Default: `:`, and ` :` (no-break) in French. */
  separators?: Readonly<Record<string, string>>;
}

/** DKIM (RFC 6376) with RSA and SHA-256, the only algorithm of nodemailer. */
export interface DkimOptions {
  /** Domain of the sender, or one above it. */
  domain: string;
  /** The public key is the TXT record `selector._domainkey.domain`. */
  selector: string;
  /** RSA, PEM. */
  privateKey: string;
}

/** Times are in milliseconds. */
export interface NotificationLimits {
  /** Time limit of one attempt with one provider. */
  tryTimeoutMs: number;
  /** Time limit of all attempts for one message: a person sees within 10 s whether it left. */
  deadlineMs: number;
  /** Number of retries with the same provider after a temporary refusal. */
  retries: number;
  /** Consecutive faults that open a provider's circuit. */
  circuitFailures: number;
  /** How long a circuit stays open. */
  circuitRestMs: number;
  /** How long a claim lasts, after which other processes consider its owner dead. */
  claimMs: number;
  /** Default validity of an immediate message. */
  usefulMs: number;
  /** Default validity of a queued message. */
  usefulLaterMs: number;
  /** Retention of an entry of the delivery log. */
  retentionMs: number;
  /** Not a time: messages of the bulk lane per minute, for all instances together. */
  bulkPerMinute: number;
}

/** Default and bounds of each limit. */
const BOUNDS: Record<keyof NotificationLimits, Bound> = {
  tryTimeoutMs: { default: 5 * SECOND, min: 50, max: 5 * SECOND },
  deadlineMs: { default: 9 * SECOND, min: SECOND, max: 9 * SECOND },
  retries: { default: 2, min: 0, max: 2 },
  circuitFailures: { default: 5, min: 1, max: 100 },
  circuitRestMs: { default: 10 * SECOND, min: 10, max: 5 * MINUTE },
  claimMs: { default: MINUTE, min: 20 * SECOND, max: 10 * MINUTE },
  usefulMs: { default: 10 * MINUTE, min: MINUTE, max: DAY },
  usefulLaterMs: { default: DAY, min: MINUTE, max: 7 * DAY },
  retentionMs: { default: 30 * DAY, min: DAY, max: 30 * DAY },
  bulkPerMinute: { default: 300, min: 1, max: 6_000 },
};
const FIRST_POSTPONEMENT_MS = MINUTE;
const LONGEST_POSTPONEMENT_MS = 30 * MINUTE;

/** The effective limits. */
export class NotificationPolicy {
  readonly limits: NotificationLimits;

  /** Applies the defaults. @throws RangeError naming the limit that is outside its bounds */
  constructor(given: Partial<NotificationLimits> = {}) {
    this.limits = bounded('NotificationModule.limits', BOUNDS, given);
  }

  /** Delay of a deferred message after so many rounds, milliseconds: 1, 2, 4 … 30 minutes. */
  postponementMs(rounds: number): number {
    return Math.min(FIRST_POSTPONEMENT_MS * 2 ** (rounds - 1), LONGEST_POSTPONEMENT_MS);
  }
}
