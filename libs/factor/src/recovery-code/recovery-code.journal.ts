import type { JournalWords } from '@portillon/audit';

/** What the journal says of recovery codes; that they ended, auth says, and that one was used, the line of its sign-in. */
export const recoveryCodeJournal = {
  events: ['recovery_codes_created'],
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    recoveryCode: typeof recoveryCodeJournal;
  }
}
