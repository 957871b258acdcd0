import { Bound, bounded, DAY, HOUR, MINUTE } from '@portillon/kernel';

/** How long links last, milliseconds. One outside its bound is refused at start. */
export interface RecoveryOptions {
  /** An invitation: 7 days unless told, at most 30. */
  invitationMs: number;
  /** A link to choose a new password: one hour unless told, at most 24. */
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
