import type { JournalDeclaration } from '@portillon/audit';

/** What the journal says of recovery codes; that they ended, auth says, and that one was used, the line of its sign-in. */
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
