import type { JournalWords } from '@portillon/audit';
import type { OtpPurpose } from '@portillon/otp';

/** What the journal says of signing in and of linked identities. */
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
    'browser_remembered',
    'browser_reuse_detected',
    'card_linked',
    'card_link_fail',
    'ecps_linked',
    'ecps_link_fail',
    'limits_cleared',
    'mail_address_unreachable',
  ],
  reasons: [
    'deactivated-wrong-password',
    'long-absence',
    // Passwords
    'wrong-password',
    'delayed',
    'too-many-failures',
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
  data: ['reference', 'codeAgeSeconds', 'newBrowser', 'limitsOf', 'mailStatus'],
  words: {
    where: ['known-browser', 'anywhere'],
    codeWaivedBy: ['remembered-browser'],
  },
} as const satisfies JournalWords;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    auth: typeof authJournal;
    /** What a code is for: each lib that asks for codes says so once, in its purposes. */
    codes: { words: { purpose: readonly OtpPurpose[] } };
  }
}
