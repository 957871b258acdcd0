import { Channel, Locale, parisClock, parisTime, reachesPhone } from '@portillon/kernel';
import type { MailMessage, Message } from '@portillon/notification';
import type { CodePurposeTexts } from './code.types';

/** The texts of every message with a code, for all purposes. */
interface CodeTexts {
  code: string;
  validity: string;
  minutes: (count: number) => string;
  sent: string;
  smsSent: string;
  reference: string;
  never: string;
  notYou: string;
  sms: (purpose: string, code: string, minutes: number) => string;
}

const french: CodeTexts = {
  code: 'Code',
  validity: 'Valable',
  minutes: (count) => (count === 1 ? '1 minute' : `${count} minutes`),
  sent: 'Envoyé le',
  smsSent: 'Envoi',
  reference: 'Référence',
  never:
    'Ne communiquez ce code à personne\u00a0: aucun agent ne vous le demandera, ni par téléphone ni par e-mail.',
  notYou:
    'Si vous n’êtes pas à l’origine de cette demande, quelqu’un connaît peut-être votre mot de passe\u00a0: changez-le et prévenez l’administrateur de votre structure.',
  sms: (purpose, code, minutes) =>
    `Votre ${purpose} : ${code}. Valable ${minutes} min. Ne le communiquez à personne.`,
};

const english: CodeTexts = {
  code: 'Code',
  validity: 'Valid for',
  minutes: (count) => (count === 1 ? '1 minute' : `${count} minutes`),
  sent: 'Sent on',
  smsSent: 'Sent',
  reference: 'Reference',
  never: 'Never give this code to anyone: no agent will ask you for it, by phone or by mail.',
  notYou:
    'If you did not ask for it, someone may know your password: change it and tell the administrator of your structure.',
  sms: (purpose, code, minutes) => `Your ${purpose}: ${code}. Valid ${minutes} min. Never give it to anyone.`,
};

function codeTexts(locale: Locale): CodeTexts {
  return locale === 'en' ? english : french;
}

export interface CodeMessageInput {
  channel: Channel;
  to: string;
  locale: Locale;
  /** The message's text about the purpose of the code. */
  texts: CodePurposeTexts;
  code: string;
  reference: string;
  sentAt: Date;
  expiresAt: Date;
  serviceName: string;
  /** The name of the person's structure. */
  organisation?: string | undefined;
  /** Its colour, `#rrggbb`. */
  accent?: string | null | undefined;
  /** The host of the service: binds the code to it on phones that fill codes in (WICG origin-bound one-time codes). */
  host: string;
}

/** One segment of GSM-7: a longer text would be split, cost twice and arrive in pieces. */
const SMS_LENGTH = 160;

/** Returns the message with a code: purpose, code, validity, time, reference and a warning never to share it. */
export function codeMessage(input: CodeMessageInput): Message {
  return reachesPhone(input.channel) ? codeText(input) : codeMail(input);
}

function codeText(input: CodeMessageInput): Message {
  const words = codeTexts(input.locale);
  const sentence = words.sms(input.texts.sms, input.code, minutesOf(input));
  const bound = `@${input.host} #${input.code}`;
  const wordings = [
    `${sentence} ${words.smsSent} ${parisClock(input.sentAt)}, ref. ${input.reference}\n${bound}`,
    `${sentence} Ref. ${input.reference}\n${bound}`,
    `${sentence}\n${bound}`,
  ];
  const text = wordings.find((wording) => wording.length <= SMS_LENGTH) ?? sentence;
  return { channel: input.channel, to: input.to, text } as Message;
}

function codeMail(input: CodeMessageInput): MailMessage {
  const words = codeTexts(input.locale);
  const purpose = input.texts;
  return {
    channel: 'EMAIL',
    to: input.to,
    locale: input.locale,
    subject: `${input.serviceName} – ${purpose.subject} (${input.reference})`,
    body: {
      organisation: input.organisation,
      accent: input.accent,
      title: purpose.title,
      paragraphs: [purpose.sentence(input.serviceName)],
      highlight: { label: words.code, value: input.code },
      details: [
        { label: words.validity, value: words.minutes(minutesOf(input)) },
        { label: words.sent, value: parisTime(input.sentAt, input.locale) },
        { label: words.reference, value: input.reference },
      ],
      closing: [words.never, purpose.notYou ?? words.notYou],
    },
  };
}

function minutesOf(input: CodeMessageInput): number {
  return Math.round((input.expiresAt.getTime() - input.sentAt.getTime()) / 60_000);
}
