import type { JournalWords } from '@portillon/audit';

/** What the journal says of imports. */
export const importsJournal = {
  events: ['user_import_started', 'user_import_undone', 'users_imported'],
  data: ['import', 'dryRun', 'total', 'NEW', 'GOOD', 'BAD', 'MADE', 'INVITED', 'UNDONE', 'KEPT'],
  words: {
    mode: ['ALL_OR_NONE', 'GOOD_LINES'],
    whenInterrupted: ['RESUME', 'UNDO'],
    state: [
      'READING',
      'CHECKING',
      'CHECKED',
      'CREATING',
      'INVITING',
      'DONE',
      'REFUSED',
      'UNDOING',
      'UNDONE',
      'ABANDONED',
    ],
  },
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationImports: typeof importsJournal;
  }
}
