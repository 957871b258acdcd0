import type { JournalWords } from '@portillon/audit';

/** What the journal says of « Mon compte ». */
export const myAccountJournal = {
  events: [
    'authn_password_change',
    'browser_forgotten',
    'application_left',
    'phone_changed',
    'phone_removed',
    'phone_verified',
    'code_channel_changed',
    'locale_changed',
    'email_changed',
    'erasure_requested',
    'erasure_withdrawn',
    'data_exported',
  ],
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    myAccount: typeof myAccountJournal;
  }
}
