import type { JournalWords } from '@portillon/audit';

/** What the journal says of links to choose a password. */
export const recoveryJournal = {
  events: [
    'authn_password_reset_request',
    'authn_password_reset',
    'authn_password_reset_fail',
    'user_invited',
    'user_activated',
    'user_activated_fail',
  ],
  reasons: ['link-not-good', 'link-not-for-account', 'no-password', 'too-many-links'],
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    recovery: typeof recoveryJournal;
  }
}
