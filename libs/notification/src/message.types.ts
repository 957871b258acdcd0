import type { Channels } from '@portillon/kernel';

/** A named value, such as « Votre code » and its digits. */
export interface LabelledValue {
  label: string;
  value: string;
}

/** A page of the service's own, to be opened once by who gets the mail. */
export interface MailLink {
  label: string;
  url: string;
}

export interface MailBody {
  /** Of the person, named beside the sender: what they recognise the mail by. */
  organisation?: string | undefined;
  /** Its colour, `#rrggbb`, as a bar above all. No logo: most mail readers show no SVG. */
  accent?: string | null | undefined;
  title: string;
  paragraphs: string[];
  /** What the person looks for in the mail: large, alone on its line, easy to copy. */
  highlight?: LabelledValue;
  /** Its address is written out too: some mail readers and some people trust no button. */
  link?: MailLink;
  /** What a list of mails shows beside the subject; without it the highlight, or else the first paragraph. */
  preview?: LabelledValue;
  details?: LabelledValue[];
  /** What comes last, in smaller letters. */
  closing: string[];
}

/** Every word of it is the application's own, in any language. */
export interface MailMessage {
  channel: 'EMAIL';
  /** One address, without a name. */
  to: string;
  /** The language of its words, as a tag of RFC 5646: `fr`, `pt-BR`. */
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
