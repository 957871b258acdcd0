import type { Account, CodeChannel } from '@portillon/account';
import type { FactorWay, PresentedPasskey, SignInMeans } from '@portillon/access';

/** Whether a person can enter now: by their password, by other means alone, only to add a strong means, or not. */
export const ENTRIES = ['yes', 'only-by', 'enrolment-only', 'no'] as const;
export type Entry = (typeof ENTRIES)[number];

/** What keeps a person out, or hinders them, in the order in which it is told. */
export const WAY_IN_REASONS = [
  'account-erased',
  'account-closed',
  'invitation-sent',
  'invitation-over',
  'means-not-offered',
  'means-away',
  'pro-sante-connect-only',
  'strong-means-only',
  'enrolment-only',
  'identity-unverified',
  'no-password',
  'no-identity',
  'no-passkey',
  'passkey-kind',
  'passkey-identity',
  'password-locked',
  'password-wait',
  'code-locked',
  'code-closed',
  'channel-off',
  'codes-used-up',
  'mail-unreachable',
  'emergency-access',
] as const;
export type WayInReasonCode = (typeof WAY_IN_REASONS)[number];

/** What an administrator does about it, the probable one first. */
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

/** What a structure takes in the place of password and code. */
export const ACCEPTED_MEANS = ['pro-sante-connect', 'cpx', 'passkey', 'totp'] as const;
export type AcceptedMeansId = (typeof ACCEPTED_MEANS)[number];

export interface WayInReason {
  code: WayInReasonCode;
  /** Whether it keeps the person out by this means; else it hinders, or is to be known. */
  blocks: boolean;
  since?: Date;
  until?: Date;
  channel?: CodeChannel;
  /** Whose rule it is. */
  structure?: { id: string; name: string } | null;
  /** Those that this deployment offers. */
  accepts?: readonly AcceptedMeansId[];
  acts: readonly MendingAct[];
}

/** One means, and what a sign-in by it would decide now. */
export interface WayIn {
  means: SignInMeans;
  opens: boolean;
  /** Whether its session adds a strong means and does nothing else. */
  enrolmentOnly: boolean;
  /** Of the password: how its second factor may be given, in the sign-in or in its session, the preferred way first. */
  codes: readonly FactorWay[];
  reasons: readonly WayInReason[];
}

export interface WaysIn {
  canEnter: Entry;
  /** The means that open a session that is not limited; where none does, the one that opens enrolment. */
  by: readonly SignInMeans[];
  /** What is to be told of it, the first thing first: nothing of a person who enters as usual. */
  reasons: readonly WayInReason[];
  ways: readonly WayIn[];
}

/** A person, and the passkeys that they hold. */
export interface Entrant {
  account: Account;
  passkeys: readonly PresentedPasskey[];
}
