import type { JournalWords } from '@portillon/audit';

/** What the journal says of applications that call by themselves. */
export const machineJournal = {
  reasons: ['application-refused', 'scope'],
  data: ['route'],
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    machine: typeof machineJournal;
  }
}
