import { DAY, HOUR, MINUTE } from '@portillon/kernel';

/** How long links last, milliseconds. One outside its bound is refused at start. */
export interface RecoveryOptions {
  /** An invitation: 7 days unless told, at most 30. */
  invitationMs: number;
  /** A link to choose a new password: one hour unless told, at most 24. */
  passwordResetMs: number;
}

type Bound = readonly [standard: number, least: number, most: number];

const BOUNDS: { readonly [Name in keyof RecoveryOptions]: Bound } = {
  invitationMs: [7 * DAY, HOUR, 30 * DAY],
  passwordResetMs: [HOUR, 5 * MINUTE, DAY],
};

/** @throws Error naming the option that is out of its bound. */
export function recoveryOptions(given: Partial<RecoveryOptions> = {}): RecoveryOptions {
  const entries = Object.entries(BOUNDS).map(([name, [standard, least, most]]) => {
    const value = given[name as keyof RecoveryOptions] ?? standard;
    if (Number.isInteger(value) && value >= least && value <= most) return [name, value];
    throw new Error(`recovery.${name} must be a whole number from ${least} to ${most}`);
  });
  return Object.fromEntries(entries) as RecoveryOptions;
}
