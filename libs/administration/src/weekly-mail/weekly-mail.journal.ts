import type { JournalDeclaration } from '@portillon/audit';

/** The journal event of the mail that administrators may choose. */
export const weeklyMailJournal = {
  events: {
    weekly_mail_changed: {
      subject: 'service',
      siem: 'account.other',
      fr: 'Message du lundi changé',
      en: 'Mail of Monday changed',
    },
  },
  data: { weeklyMail: { fr: 'Message du lundi', en: 'Mail of Monday' } },
  words: { weeklyMail: { on: { fr: 'Reçu', en: 'Received' }, off: { fr: 'Arrêté', en: 'Stopped' } } },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationWeeklyMail: typeof weeklyMailJournal;
  }
}
