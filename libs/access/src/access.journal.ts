import type { JournalWords } from '@portillon/audit';

/** What the journal says of who may come in, and what every feature may say. */
export const accessJournal = {
  events: [
    'authn_logout',
    'authz_fail',
    'identity_verified',
    'session_revoked',
    'identity_unlinked',
    'passkey_removed',
    'recovery_codes_ended',
    'totp_removed',
    'user_archived',
  ],
  reasons: ['unknown', 'invited', 'deactivated', 'means-forbidden', 'identity-unverified', 'means-too-weak'],
  data: ['until', 'accountId', 'nationalId', 'browserId', 'passkeyId'],
  words: {
    means: ['password', 'passkey', 'cpx', 'pro-sante-connect'],
    method: ['pro-sante-connect', 'card', 'face-to-face'],
    by: ['password', 'passkey', 'cpx', 'pro-sante-connect', 'command-line'],
  },
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    access: typeof accessJournal;
  }
}
