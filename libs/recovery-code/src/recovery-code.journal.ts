import type { JournalWords } from '@portillon/audit';

/** What the journal says of recovery codes. That one was used, the line of its sign-in says. */
export const recoveryCodeJournal = {
  events: ['recovery_codes_created', 'recovery_codes_ended'],
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    recoveryCode: typeof recoveryCodeJournal;
  }
}
