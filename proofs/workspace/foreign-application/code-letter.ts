import type { MailMessage } from '@portillon/notification';

/** The application's own words. */
export function codeLetter(to: string, subject: string, code: string): MailMessage {
  return {
    channel: 'EMAIL',
    to,
    locale: 'fr',
    subject,
    body: {
      title: subject,
      paragraphs: ['Présentez ce code à la caisse.'],
      highlight: { label: 'Code', value: code },
      closing: ['La cantine'],
    },
  };
}
