import type { WayInReasonCode } from '@portillon/access';
import type { Account } from '@portillon/account';

/** The actions by which an administrator fixes a reason, the most likely one first. */
export const MENDING_ACTS = [
  'reactivate',
  'resend-invitation',
  'unlock',
  'open-emergency-access',
  'attest-identity',
  'link-identity',
  'prove-passkey',
  'edit-account',
  'edit-structure',
] as const;
export type MendingAct = (typeof MENDING_ACTS)[number];

const ABOUT_RULE: readonly MendingAct[] = ['open-emergency-access', 'edit-structure'];

const ACTS: Partial<Record<WayInReasonCode, readonly MendingAct[]>> = {
  'account-closed': ['reactivate'],
  'invitation-sent': ['resend-invitation'],
  'invitation-over': ['resend-invitation'],
  'pro-sante-connect-only': ABOUT_RULE,
  'strong-means-only': ABOUT_RULE,
  'enrolment-only': ABOUT_RULE,
  'identity-unverified': ['attest-identity', ...ABOUT_RULE],
  'no-identity': ['link-identity'],
  'passkey-kind': ['edit-structure'],
  'passkey-identity': ['prove-passkey', 'edit-structure'],
  'password-void-reported': ['unlock'],
  'password-void-incident': ['unlock'],
  'password-void-closing': ['unlock'],
  'password-locked': ['unlock'],
  'password-wait': ['unlock'],
  'code-locked': ['unlock'],
  'code-closed': ['unlock'],
  'channel-off': ABOUT_RULE,
  'codes-used-up': ['unlock'],
  'mail-unreachable': ['edit-account'],
};

/** A user who requested erasure is not admitted again. */
export function actsAbout(
  code: WayInReasonCode,
  { erasureRequestedAt }: Pick<Account, 'erasureRequestedAt'>,
): MendingAct[] {
  return code === 'account-closed' && erasureRequestedAt ? [] : [...(ACTS[code] ?? [])];
}
