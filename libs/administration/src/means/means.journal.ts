import type { JournalWords } from '@portillon/audit';

/** What the journal says of the means of an account. */
export const meansJournal = {
  events: ['passkey_identity_proven'],
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationMeans: typeof meansJournal;
  }
}
