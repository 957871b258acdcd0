import { Bound, bounded, DAY, MINUTE, SECOND } from '@portillon/kernel';
import type { NotificationLimits } from './notification.options';

/** Default and bounds of each limit. */
const BOUNDS: Record<keyof NotificationLimits, Bound> = {
  tryTimeoutMs: { default: 5 * SECOND, min: 50, max: 5 * SECOND },
  deadlineMs: { default: 9 * SECOND, min: SECOND, max: 9 * SECOND },
  retries: { default: 2, min: 0, max: 2 },
  circuitFailures: { default: 5, min: 1, max: 100 },
  circuitRestMs: { default: 10 * SECOND, min: 10, max: 5 * MINUTE },
  claimMs: { default: MINUTE, min: 20 * SECOND, max: 10 * MINUTE },
  usefulMs: { default: 10 * MINUTE, min: MINUTE, max: DAY },
  usefulLaterMs: { default: DAY, min: MINUTE, max: 7 * DAY },
  retentionMs: { default: 30 * DAY, min: DAY, max: 30 * DAY },
  bulkPerMinute: { default: 300, min: 1, max: 6_000 },
};
const FIRST_POSTPONEMENT_MS = MINUTE;
const LONGEST_POSTPONEMENT_MS = 30 * MINUTE;

/** The effective limits. */
export class NotificationPolicy {
  readonly limits: NotificationLimits;

  /** Applies the defaults. @throws RangeError naming the limit that is outside its bounds */
  constructor(given: Partial<NotificationLimits> = {}) {
    this.limits = bounded('NotificationModule.limits', BOUNDS, given);
  }

  /** Delay of a deferred message after so many rounds, milliseconds: 1, 2, 4 … 30 minutes. */
  postponementMs(rounds: number): number {
    return Math.min(FIRST_POSTPONEMENT_MS * 2 ** (rounds - 1), LONGEST_POSTPONEMENT_MS);
  }
}
