import type { JournalWords } from '@portillon/audit';

/** What the journal says of signing in, of links and of invitations, and what every feature may say. */
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
    'authn_logout',
    'session_revoked',
    'browser_remembered',
    'browser_reuse_detected',
    'card_linked',
    'card_link_fail',
    'ecps_linked',
    'ecps_link_fail',
    'identity_unlinked',
    'authn_password_reset_request',
    'authn_password_reset',
    'authn_password_reset_fail',
    'user_invited',
    'user_activated',
    'user_activated_fail',
    'user_archived',
  ],
  reasons: [
    // Who it is
    'unknown',
    'invited',
    'deactivated',
    'deactivated-wrong-password',
    'no-password',
    'long-absence',
    // Passwords and links
    'wrong-password',
    'delayed',
    'too-many-failures',
    'means-forbidden',
    'link-not-good',
    'link-not-for-account',
    'too-many-links',
    // Codes
    'none',
    'rejected',
    'expired',
    'exhausted',
    'locked',
    // Linking a card or an e-CPS
    'already-linked',
    'password-required',
  ],
  data: ['until', 'accountId', 'nationalId', 'browserId', 'reference', 'codeAgeSeconds', 'newBrowser'],
  words: {
    means: ['password', 'cpx', 'pro-sante-connect'],
    where: ['known-browser', 'anywhere'],
    purpose: ['sign-in', 'session', 'phone-verification', 'mail-change'],
    codeWaivedBy: ['remembered-browser'],
    by: ['password', 'cpx', 'pro-sante-connect'],
  },
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    auth: typeof authJournal;
  }
}
