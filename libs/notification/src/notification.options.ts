import type { Transport } from 'nodemailer';
import type { SmsSender } from './channels/channel-provider.types';
import type { SmsProviderOptions } from './sms/sms-providers';

/** An SMTP URL (`smtp://user:pass@host:587?requireTLS=true`, `smtps://…`) or a nodemailer transport plugin. */
export type MailTransport = string | Transport;

export interface NotificationOptions {
  /** Without it mail is off. */
  mail?: MailOptions;
  /** Without it SMS is off. */
  sms?: {
    /** In the order in which they are tried. */
    providers: (SmsProviderOptions | SmsSender)[];
  };
  limits?: Partial<NotificationLimits>;
}

export interface MailOptions {
  /** One, or several in the order in which they are tried. */
  transport: MailTransport | MailTransport[];
  /** `Name <address>`; the name heads the mail. */
  from: string;
  /** Connections of this process to each SMTP server at most, 1 to 200; 20 by default. Opened when they are needed. */
  connections?: number;
  /** For each of the name, the connection and the greeting of an SMTP server, 1,000 to 8,000 ms; 5,000 by default. */
  connectMs?: number;
  /** How long a connection without use stays open, 5,000 to 300,000 ms; 60,000 by default. */
  idleMs?: number;
  /** Without it mails leave unsigned. */
  dkim?: DkimOptions;
  /**
   * Address for mails that cannot be delivered, `bounces@example.org`. Each mail leaves under `bounces+…@example.org`,
   * which identifies it. At most 10 letters and digits before the `@`. Without it, mails bounce to the sender.
   */
  bounces?: string;
  /** Whether an `smtp://` server that offers no STARTTLS is refused instead of given messages in clear; not by default. */
  requireTls?: boolean;
  /** Folder of a custom `message.hbs` (Handlebars), instead of the library's `templates`. */
  templates?: string;
  /** What the text part has after a label, by the `locale` of the mail: `:` by default, and ` :` (no-break) in French. */
  separators?: Readonly<Record<string, string>>;
}

/** DKIM (RFC 6376) with RSA and SHA-256, the one algorithm of nodemailer. */
export interface DkimOptions {
  /** That of the sender, or one above it. */
  domain: string;
  /** Its public key is the TXT record `selector._domainkey.domain`. */
  selector: string;
  /** RSA, PEM. */
  privateKey: string;
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
  /** How long a message is its caller's or its sender's alone, before others take them for dead. */
  claimMs: number;
  /** How long a message sent now is of use, when the caller does not say. */
  usefulMs: number;
  /** How long a message sent later is. */
  usefulLaterMs: number;
  /** How long an entry of the delivery log is kept. */
  retentionMs: number;
  /** Not a time: how many messages of the bulk lane leave in a minute, all instances together. */
  bulkPerMinute: number;
}
