import type { JournalDeclaration } from '@portillon/audit';

/** What the journal says of the means of an account. */
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
