import type { JournalWords } from '@portillon/audit';

/** What the journal says of the acts that answer an intrusion. */
export const incidentJournal = {
  events: ['incident_sessions_ended', 'incident_passwords_renewed'],
  data: ['addressBlock', 'decidedBy'],
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    administrationIncident: typeof incidentJournal;
  }
}
