import type { JournalWords } from '@portillon/audit';

/** What the journal says of this lib's acts. */
export const lockerDeskJournal = {
  events: ['locker_opened'],
  reasons: ['locker-open'],
  data: ['lockerId'],
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    lockerDesk: typeof lockerDeskJournal;
  }
}
