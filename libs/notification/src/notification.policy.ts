import { DAY, MINUTE, SECOND } from '@portillon/kernel';
import type { NotificationLimits } from './notification.options';

type Bound = readonly [standard: number, least: number, most: number];

/** Default and bounds of each limit. */
const BOUNDS: { readonly [Name in keyof NotificationLimits]: Bound } = {
  tryTimeoutMs: [5 * SECOND, 50, 5 * SECOND],
  deadlineMs: [9 * SECOND, SECOND, 9 * SECOND],
  retries: [2, 0, 2],
  circuitFailures: [5, 1, 100],
  circuitRestMs: [10 * SECOND, 10, 5 * MINUTE],
  claimMs: [MINUTE, 20 * SECOND, 10 * MINUTE],
  usefulMs: [10 * MINUTE, MINUTE, DAY],
  usefulLaterMs: [DAY, MINUTE, 7 * DAY],
  retentionMs: [30 * DAY, DAY, 30 * DAY],
  bulkPerMinute: [300, 1, 6_000],
};
const FIRST_POSTPONEMENT_MS = MINUTE;
const LONGEST_POSTPONEMENT_MS = 30 * MINUTE;

/** The limits in force. */
export class NotificationPolicy {
  readonly limits: NotificationLimits;

  /** @throws Error naming the limit that is out of its bounds. */
  constructor(given: Partial<NotificationLimits> = {}) {
    const entries = Object.entries(BOUNDS).map(([name, [standard, least, most]]) => {
      const value = given[name as keyof NotificationLimits] ?? standard;
      if (Number.isInteger(value) && value >= least && value <= most) return [name, value];
      throw new Error(`notification: "limits.${name}" must be a whole number from ${least} to ${most}`);
    });
    this.limits = Object.fromEntries(entries) as NotificationLimits;
  }

  /** How long a message that was refused for now waits, after so many rounds: 1, 2, 4 … 30 minutes. */
  postponementMs(rounds: number): number {
    return Math.min(FIRST_POSTPONEMENT_MS * 2 ** (rounds - 1), LONGEST_POSTPONEMENT_MS);
  }
}
