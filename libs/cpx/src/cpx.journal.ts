import type { JournalWords } from '@portillon/audit';

/** What the journal says of cards. */
export const cpxJournal = {
  reasons: [
    'header-not-believed',
    'card-malformed',
    'card-unknown-authority',
    'card-not-a-person-authority',
    'card-not-yet-valid',
    'card-expired',
    'card-weak-algorithm',
    'card-not-for-authentication',
    'card-unknown-critical-extension',
    'card-not-a-card',
    'card-test-card',
    'card-not-nominative',
    'card-unclear-identity',
    'card-revoked',
    'card-revocation-unknown',
    'ticket-not-good',
  ],
  data: ['cardSerial', 'cardType', 'nationalId'],
  words: {
    why: ['no-proxy', 'untrusted-address', 'wrong-proxy-proof'],
  },
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    cpx: typeof cpxJournal;
  }
}
