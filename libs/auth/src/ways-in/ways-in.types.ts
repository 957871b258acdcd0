import type { Account } from '@portillon/account';
import type { Factor, PresentedPasskey, SignInMeans, WayInReason } from '@portillon/access';

/** Whether a person can enter now: by their password, by other means alone, only to add a strong means, or not. */
export const ENTRIES = ['yes', 'only-by', 'enrolment-only', 'no'] as const;
export type Entry = (typeof ENTRIES)[number];

/** One means, and what a sign-in by it would decide now. */
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
  /** The means that open a session that is not limited; where none does, the one that opens enrolment. */
  by: readonly SignInMeans[];
  /** The reasons to show, most important first; empty for a person without an obstacle. */
  reasons: readonly WayInReason[];
  ways: readonly WayIn[];
}

/** A person, and the passkeys that they hold. */
export interface Entrant {
  account: Account;
  passkeys: readonly PresentedPasskey[];
}
