import type { Account } from '@portillon/account';
import type { Factor, PresentedPasskey, SignInMeans, WayInReason } from '@portillon/access';

/** Whether a user can enter now: by their password, by other means only, only to add a strong means, or not. */
export const ENTRIES = ['yes', 'only-by', 'enrolment-only', 'no'] as const;
export type Entry = (typeof ENTRIES)[number];

/** One means, and how a sign-in by it would be decided now. */
export interface WayIn {
  means: SignInMeans;
  opens: boolean;
  /** Whether its session adds a strong means and does nothing else. */
  enrolmentOnly: boolean;
  /** For the password: the possible second factors, in the sign-in or in its session, the preferred one first. */
  codes: readonly Factor[];
  reasons: readonly WayInReason[];
}

export interface WaysIn {
  canEnter: Entry;
  /** The means that open an unlimited session; without any, the one that opens enrolment. */
  by: readonly SignInMeans[];
  /** The reasons to show, most important first; empty for a user without an obstacle. */
  reasons: readonly WayInReason[];
  ways: readonly WayIn[];
}

/** A user, and the passkeys of their account. */
export interface Entrant {
  account: Account;
  passkeys: readonly PresentedPasskey[];
}
