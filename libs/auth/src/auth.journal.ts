import type { JournalWords } from '@portillon/audit';

/** What the journal says of signing in and of linked identities, and what every feature may say. */
export const authJournal = {
  events: [
    'authn_login_success',
    'authn_login_fail',
    'authn_login_fail_max',
    'authn_login_lock',
    'authn_code_sent',
    'authn_code_fail',
    'authn_code_lock',
    'authn_step_up',
    'authn_password_change_fail',
    'authn_logout',
    'authz_fail',
    'session_revoked',
    'browser_remembered',
    'browser_reuse_detected',
    'card_linked',
    'card_link_fail',
    'ecps_linked',
    'ecps_link_fail',
    'identity_unlinked',
    'limits_cleared',
    'passkey_removed',
    'recovery_codes_ended',
    'totp_removed',
    'user_archived',
  ],
  reasons: [
    // Who it is
    'unknown',
    'invited',
    'deactivated',
    'deactivated-wrong-password',
    'long-absence',
    // Passwords
    'wrong-password',
    'delayed',
    'too-many-failures',
    'means-forbidden',
    // Codes
    'none',
    'rejected',
    'expired',
    'exhausted',
    'locked',
    // Linking a card or an e-CPS
    'already-linked',
    'password-required',
    'means-too-weak',
  ],
  data: [
    'until',
    'accountId',
    'nationalId',
    'browserId',
    'passkeyId',
    'reference',
    'codeAgeSeconds',
    'newBrowser',
    'limitsOf',
  ],
  words: {
    means: ['password', 'passkey', 'cpx', 'pro-sante-connect'],
    where: ['known-browser', 'anywhere'],
    purpose: ['sign-in', 'session'],
    codeWaivedBy: ['remembered-browser'],
    by: ['password', 'passkey', 'cpx', 'pro-sante-connect', 'command-line'],
  },
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    auth: typeof authJournal;
  }
}
