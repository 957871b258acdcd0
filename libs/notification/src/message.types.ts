import type { Channels } from '@portillon/kernel';

/** A named value, such as « Votre code » and its digits. */
export interface LabelledValue {
  label: string;
  value: string;
}

/** A single-use page of the service, for the recipient. */
export interface MailLink {
  label: string;
  url: string;
}

export interface MailBody {
  /** The person's organisation, shown beside the sender so that they recognise the mail. */
  organisation?: string | undefined;
  /** Its colour, `#rrggbb`, as a bar at the top. No logo: most mail readers do not show SVG. */
  accent?: string | null | undefined;
  title: string;
  paragraphs: string[];
  /** The value that the person looks for: large, on its own line, easy to copy. */
  highlight?: LabelledValue;
  /** Its address is written out too, for mail readers without buttons and for cautious people. */
  link?: MailLink;
  /** Text beside the subject in a list of mails. Default: the highlight, or else the first paragraph. */
  preview?: LabelledValue;
  details?: LabelledValue[];
  /** Last paragraphs, in smaller letters. */
  closing: string[];
}

/** A mail; the application writes every word, in any language. */
export interface MailMessage {
  channel: 'EMAIL';
  /** One address, without a name. */
  to: string;
  /** Language of the texts, as a tag of RFC 5646: `fr`, `pt-BR`. */
  locale: string;
  subject: string;
  body: MailBody;
}

export interface SmsMessage {
  channel: 'SMS';
  /** E.164. */
  to: string;
  /** GSM 7-bit, one segment. */
  text: string;
}

/** A message of any channel. */
export type Message = Channels[keyof Channels]['message'];

/**
 * A message in the outbox. An immediate one is held by its writer alone and taken once, so that two calls never send
 * it twice.
 */
export class OutgoingMessage {
  #message: Message | undefined;

  constructor(
    readonly id: string,
    /** After this instant it is not sent. */
    readonly usefulUntil: Date,
    message?: Message,
    /** The message that it replaces: an SMS leaves by another provider than that one. */
    readonly replaces?: string,
  ) {
    this.#message = message;
  }

  /** The message, to the first call; nothing to any other, and of one for later. */
  take(): Message | undefined {
    const message = this.#message;
    this.#message = undefined;
    return message;
  }
}
