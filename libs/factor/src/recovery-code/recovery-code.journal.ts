import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of recovery codes. Their end is an event of auth; their use is in the sign-in's line. */
export const recoveryCodeJournal = {
  events: {
    recovery_codes_created: {
      subject: 'means',
      siem: 'account.mfa-factor-enable',
      fr: 'Codes de secours créés',
      en: 'Recovery codes created',
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    recoveryCode: typeof recoveryCodeJournal;
  }
}
