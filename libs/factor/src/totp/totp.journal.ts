import type { JournalWords } from '@portillon/audit';

/** What the journal says of authenticator apps. */
export const totpJournal = {
  events: ['totp_added'],
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    totp: typeof totpJournal;
  }
}
