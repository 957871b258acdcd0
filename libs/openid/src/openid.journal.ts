import type { JournalWords } from '@portillon/audit';

/** What the journal says of the OpenID provider. */
export const openidJournal = {
  events: ['application_entered', 'application_refused', 'signing_key_next', 'signing_key_rotate'],
  reasons: ['audience', 'level'],
  data: ['application'],
  words: { by: ['command-line'] },
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    openid: typeof openidJournal;
  }
}
