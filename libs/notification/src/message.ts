import { AppError } from '@portillon/kernel';
import { segments, isGsm7 } from './gsm7';

export type NotificationChannel = 'EMAIL' | 'SMS';

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
  title: string;
  paragraphs: string[];
  /** What the person looks for in the mail: large, alone on its line, easy to copy. */
  highlight?: LabelledValue;
  /** Its address is written out too: some mail readers and some people trust no button. */
  link?: MailLink;
  details?: LabelledValue[];
  /** What comes last, in smaller letters. */
  closing: string[];
}

export interface MailMessage {
  channel: 'EMAIL';
  /** One address, without a name. */
  to: string;
  locale: 'fr' | 'en';
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

export type Message = MailMessage | SmsMessage;

/** RFC 5321, 4.5.3.1.3: a path of 256 octets with its angle brackets. */
const LONGEST_ADDRESS = 254;
/** One mailbox and nothing that a header, a list or an SMTP command could be broken with. Letters of every script may pass. */
const ADDRESS = /^[^\s\p{C}()<>[\]:;,"\\@]+@[^\s\p{C}()<>[\]:;,"\\@]+$/u;
const E164 = /^\+[1-9]\d{6,14}$/;

/** @throws AppError `validation.failed` when the address could name more than one mailbox or break a header, or the SMS is not one GSM-7 segment. */
export function assertSendable(message: Message): void {
  if (message.channel === 'EMAIL') return assertMailbox(message.to);
  if (!E164.test(message.to)) throw unsendable('to', 'the number is not E.164');
  if (!isGsm7(message.text))
    throw unsendable('text', 'the SMS has a character outside the GSM 7-bit alphabet');
  if (segments(message.text) > 1) throw unsendable('text', 'the SMS is longer than one segment');
}

function assertMailbox(address: string): void {
  if (address.length > LONGEST_ADDRESS || !ADDRESS.test(address))
    throw unsendable('to', 'not one plain mail address');
}

function unsendable(field: string, why: string): AppError {
  return new AppError('validation.failed', 'invalid', {
    detail: `message refused: ${why}`,
    errors: [{ field, code: 'invalid', message: why }],
  });
}
