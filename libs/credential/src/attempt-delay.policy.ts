import { DAY, MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import { NO_ATTEMPTS, oldestOf, withLatest } from './latest-attempts';
import type { PasswordAttemptEntity } from './password-attempt.entity';

/** What was tried under one name so far. */
export type AttemptCount = Pick<
  PasswordAttemptEntity,
  'consecutive' | 'nextAttemptAt' | 'latest' | 'lastAttemptAt'
>;

/** Until when no password is looked at: a lock, or merely the wait after the latest wrong ones. */
export interface PasswordDelay {
  until: Date;
  isLock: boolean;
}

/**
 * How long the next attempt waits after so many consecutive failures: nothing after the first two, over one minute
 * from the fifth, a lock of 30 minutes from the tenth on (RIE v1.0, EXI 25).
 */
const DELAYS_MS = [
  0,
  0,
  SECOND,
  5 * SECOND,
  65 * SECOND,
  2 * MINUTE,
  4 * MINUTE,
  8 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
];
const LOCK_MS = DELAYS_MS.at(-1)!;

export const NO_WAIT = new Date(0);

/** Nothing was tried yet, or all of it was forgotten. */
export function noAttempts(now: Date): AttemptCount {
  return { consecutive: 0, nextAttemptAt: NO_WAIT, latest: NO_ATTEMPTS, lastAttemptAt: now };
}

/** With one attempt more, counted as if it failed. */
export function withAttempt({ consecutive, latest }: AttemptCount, now: Date): AttemptCount {
  const delayMs = DELAYS_MS[consecutive] ?? LOCK_MS;
  return {
    consecutive: consecutive + 1,
    // Without a wait, no instant at all: the clock of another instance may be a little behind.
    nextAttemptAt: delayMs ? addMilliseconds(now, delayMs) : NO_WAIT,
    latest: withLatest(latest, now),
    lastAttemptAt: now,
  };
}

/** When both the delay and the limit of a day allow the next attempt. */
export function nextAttemptAt({ nextAttemptAt, latest }: AttemptCount): Date {
  const dayAfterOldest = addMilliseconds(oldestOf(latest), DAY);
  return dayAfterOldest > nextAttemptAt ? dayAfterOldest : nextAttemptAt;
}

/** What the next attempt waits for: the limit of a day is a lock as ten failures in a row are. */
export function delayOf(known: AttemptCount): PasswordDelay {
  const until = nextAttemptAt(known);
  return { until, isLock: isLock(known) || until > known.nextAttemptAt };
}

/** Whether so many failures in a row are a lock, not a mere wait. */
export function isLock({ consecutive }: AttemptCount): boolean {
  return consecutive >= DELAYS_MS.length;
}
