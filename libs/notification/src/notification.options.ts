import { DAY, MINUTE, SECOND } from '@portillon/kernel';
import type { Transport } from 'nodemailer';
import type { SmsMessage } from './message';
import type { Provider } from './send-attempt';
import type { TwilioOptions } from './twilio.provider';

/** An SMTP URL (`smtp://user:pass@host:587?requireTLS=true`, `smtps://…`) or a nodemailer transport plugin. */
export type MailTransport = string | Transport;

/** A way for SMS to leave that is not Twilio. */
export type SmsSender = Provider<SmsMessage>;

export interface NotificationOptions {
  /** Without it mail is off. */
  mail?: MailOptions;
  /** Without it SMS is off. */
  sms?: {
    /** In the order in which they are tried. */
    providers: (TwilioOptions | SmsSender)[];
  };
  limits?: Partial<NotificationLimits>;
}

export interface MailOptions {
  /** One, or several in the order in which they are tried. */
  transport: MailTransport | MailTransport[];
  /** `Name <address>`; the name heads the mail. */
  from: string;
  /** Connections kept open to each SMTP server; 5 unless told. */
  connections?: number;
  /** Whether an `smtp://` server that offers no STARTTLS is refused instead of given messages in clear; not unless told. */
  requireTls?: boolean;
  /** Folder of a `message.hbs` (Handlebars) of your own, in place of the lib's `templates`. */
  templates?: string;
}

/** Times in milliseconds. */
export interface NotificationLimits {
  /** One try with one provider. */
  tryTimeoutMs: number;
  /** All tries of one message together: a person sees within 10 s whether it left. */
  deadlineMs: number;
  /** Tries again with the same provider after it refused for now. */
  retries: number;
  /** Faults in a row that open a provider's circuit. */
  circuitFailures: number;
  /** How long an open circuit stays so. */
  circuitRestMs: number;
  /** How long a process holds a message before others take it for dead. */
  claimMs: number;
  /** How long the ends of messages are gathered before one statement writes them. */
  ledgerDelayMs: number;
  /** How long a message sent now is of use, when the caller does not tell. */
  usefulMs: number;
  /** How long a message sent later is. */
  usefulLaterMs: number;
  /** How long a line of the ledger is kept. */
  retentionMs: number;
  /** Not a time: how many messages of the bulk lane leave in a minute, all instances together. */
  bulkPerMinute: number;
}

type Bound = readonly [standard: number, least: number, most: number];

/** Default and bounds of each limit (policy: « Messages and providers », « Retention »). */
const BOUNDS: { readonly [Name in keyof NotificationLimits]: Bound } = {
  tryTimeoutMs: [5 * SECOND, 50, 5 * SECOND],
  deadlineMs: [9 * SECOND, SECOND, 9 * SECOND],
  retries: [2, 0, 2],
  circuitFailures: [5, 1, 100],
  circuitRestMs: [10 * SECOND, 10, 5 * MINUTE],
  claimMs: [MINUTE, 20 * SECOND, 10 * MINUTE],
  ledgerDelayMs: [200, 0, SECOND],
  usefulMs: [10 * MINUTE, MINUTE, DAY],
  usefulLaterMs: [DAY, MINUTE, 7 * DAY],
  retentionMs: [30 * DAY, DAY, 30 * DAY],
  bulkPerMinute: [300, 1, 6_000],
};

/** @throws Error naming the limit that is out of its bounds. */
export function readLimits(given: Partial<NotificationLimits> = {}): NotificationLimits {
  const entries = Object.entries(BOUNDS).map(([name, [standard, least, most]]) => {
    const value = given[name as keyof NotificationLimits] ?? standard;
    if (Number.isInteger(value) && value >= least && value <= most) return [name, value];
    throw new Error(`notification: "limits.${name}" must be a whole number from ${least} to ${most}`);
  });
  return Object.fromEntries(entries) as NotificationLimits;
}
