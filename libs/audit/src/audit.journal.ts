import type { JournalWords } from './journal.types';

/** What the journal says of itself. */
export const auditJournal = {
  events: ['audit_purge_mismatch', 'backup_restored'],
  reasons: ['lines-missing', 'repeated'],
  data: ['fromSeal', 'throughSeal', 'expected', 'deleted', 'leftOut', 'repeats'],
} as const satisfies JournalWords;
