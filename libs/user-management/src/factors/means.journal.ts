import type { JournalDeclaration } from '@portillon/audit';

/** Journal events of an account's means. */
export const meansJournal = {
  events: {
    passkey_identity_proven: {
      subject: 'means',
      siem: 'account.mfa-factor-enable',
      fr: 'Identité attestée pour une clé d’accès',
      en: 'Identity attested for a passkey',
    },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationMeans: typeof meansJournal;
  }
}
