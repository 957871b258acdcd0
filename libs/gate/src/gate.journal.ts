import type { JournalWords } from '@portillon/audit';

/** Why the gate keeps a person out (`application_refused`). */
export const gateJournal = {
  events: [],
  reasons: ['role', 'structure', 'closed', 'no-rule', 'no-application'],
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    gate: typeof gateJournal;
  }
}
