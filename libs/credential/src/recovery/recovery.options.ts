import { Bound, bounded, DAY, HOUR, MINUTE } from '@portillon/kernel';

/** How long links last, milliseconds. One outside its bound is refused at start. */
export interface RecoveryOptions {
  /** Lifetime of an invitation, milliseconds. Default: 7 days. Maximum: 30 days. */
  invitationMs: number;
  /** Lifetime of a link to choose a new password, milliseconds. Default: one hour. Maximum: 24 hours. */
  passwordResetMs: number;
}

const BOUNDS: Record<keyof RecoveryOptions, Bound> = {
  invitationMs: { default: 7 * DAY, min: HOUR, max: 30 * DAY },
  passwordResetMs: { default: HOUR, min: 5 * MINUTE, max: DAY },
};

/** @throws RangeError naming the option that is out of its bound. */
export function recoveryOptions(given: Partial<RecoveryOptions> = {}): RecoveryOptions {
  return bounded('CredentialModule.recovery', BOUNDS, given);
}
