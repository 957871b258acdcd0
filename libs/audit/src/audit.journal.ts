import type { JournalWords } from './journal.types';

/** What the journal says of itself. */
export const auditJournal = {
  events: ['audit_purge_mismatch'],
  reasons: ['lines-missing'],
  data: ['fromSeal', 'throughSeal', 'expected', 'deleted', 'leftOut'],
} as const satisfies JournalWords;
