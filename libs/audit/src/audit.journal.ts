import type { JournalWords } from './journal.types';

/** What the journal says of itself. */
export const auditJournal = {
  events: ['audit_purge_mismatch', 'audit_verification_requested', 'audit_verified', 'backup_restored'],
  reasons: ['lines-missing', 'repeated', 'not-proven', 'inconclusive'],
  data: [
    'fromSeal',
    'throughSeal',
    'expected',
    'deleted',
    'leftOut',
    'repeats',
    'headSequence',
    'headDigest',
    'lines',
    'findings',
  ],
} as const satisfies JournalWords;
