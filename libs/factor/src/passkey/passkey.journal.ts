import type { JournalWords } from '@portillon/audit';

/** What the journal says of passkeys. */
export const passkeyJournal = {
  events: ['passkey_added', 'passkey_renamed', 'authn_passkey_fail'],
  reasons: [
    'passkey-unknown',
    'passkey-challenge',
    'passkey-not-verified',
    'passkey-cross-origin',
    'passkey-other-person',
    'passkey-counter',
    'passkey-backup',
    'passkey-used',
    'passkey-shared',
  ],
  words: {
    passkeyKind: ['device', 'synced'],
    purpose: ['enrolment'],
  },
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    passkey: typeof passkeyJournal;
  }
}
