import { AppError } from '@portillon/kernel';
import type { MailBody, MailMessage, SmsMessage } from './message.types';
import { isGsm7, segments } from './sms/gsm7';

/** RFC 5321, 4.5.3.1.3: a path of 256 octets with its angle brackets. */
const LONGEST_ADDRESS = 254;
/**
 * One mailbox, without characters that could break a header, a list or an SMTP command. Letters of every script are
 * allowed.
 */
const ADDRESS = /^[^\s\p{C}()<>[\]:;,"\\@]+@[^\s\p{C}()<>[\]:;,"\\@]+$/u;
const E164 = /^\+[1-9]\d{6,14}$/;
/** A language tag (RFC 5646), which is used in a header and in the HTML. */
const LANGUAGE = /^[a-z]{2,8}(-[a-z\d]{1,8})*$/i;
const LONGEST_LANGUAGE = 35;

/**
 * Checks an SMS. @throws AppError `validation.failed` for an invalid number, or a text that is not one GSM-7 segment
 */
export function assertSms(message: Pick<SmsMessage, 'to' | 'text'>): void {
  if (!E164.test(message.to)) throw unsendable('to', 'the number is not E.164');
  if (!isGsm7(message.text))
    throw unsendable('text', 'the SMS has a character outside the GSM 7-bit alphabet');
  if (segments(message.text) > 1) throw unsendable('text', 'the SMS is longer than one segment');
}

/**
 * Checks a mail. @throws AppError `validation.failed` when the address could name several mailboxes or break a header,
 * or a part is missing
 */
export function assertMail({ to, locale, subject, body }: MailMessage): void {
  // A cast would bypass the compiler, and the mail would fail during sending, as one that may have left.
  if (!isText(subject) || !isWhole(body)) throw unsendable('body', 'not a whole mail');
  if (to.length > LONGEST_ADDRESS || !ADDRESS.test(to)) throw unsendable('to', 'not one plain mail address');
  if (locale.length > LONGEST_LANGUAGE || !LANGUAGE.test(locale))
    throw unsendable('locale', 'not a language tag');
}

function isWhole(body: Partial<MailBody> | undefined): boolean {
  return isText(body?.title) && areTexts(body?.paragraphs) && areTexts(body?.closing);
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function unsendable(field: string, why: string): AppError {
  return new AppError('validation.failed', {
    detail: `message refused: ${why}`,
    errors: [{ field, code: 'invalid', message: why }],
  });
}
