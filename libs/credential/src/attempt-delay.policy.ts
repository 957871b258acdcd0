import { DAY, MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import type { PasswordAttemptEntity } from './password-attempt.repository';

/**
 * Times of the latest 25 attempts, oldest first, in one text of the row. One guarded UPDATE adds an attempt; the
 * oldest time shows whether there were 25 in 24 hours. Each is 13 digits of milliseconds since 1970 (valid until the
 * year 2286), so that SQL can cut one off; zeros where there was none.
 */

/** Maximum number of failures in any 24 hours (RIE v1.0, EXI 25). */
const KEPT = 25;
const DIGITS = 13;
const NONE = '0'.repeat(DIGITS);

export const NO_ATTEMPTS = NONE.repeat(KEPT);

/** Adds an attempt and drops the oldest. */
export function withLatest(attempts: string, now: Date): string {
  return attempts.slice(DIGITS) + String(now.getTime()).padStart(DIGITS, '0');
}

/** The time of the 25th latest attempt, or 1970. */
export function oldestOf(attempts: string): Date {
  return new Date(Number(attempts.slice(0, DIGITS)));
}

/** SQL for the column without its latest attempt: others may be counted concurrently. */
export function withoutLatest(column: string): string {
  return `CONCAT('${NONE}', SUBSTR(${column}, 1, ${(KEPT - 1) * DIGITS}))`;
}

/** What was tried under one name so far. */
export type PasswordAttemptCount = Pick<
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
export function noAttempts(now: Date): PasswordAttemptCount {
  return { consecutive: 0, nextAttemptAt: NO_WAIT, latest: NO_ATTEMPTS, lastAttemptAt: now };
}

/** With one attempt more, counted as if it failed. */
export function withAttempt({ consecutive, latest }: PasswordAttemptCount, now: Date): PasswordAttemptCount {
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
export function nextAttemptAt({ nextAttemptAt, latest }: PasswordAttemptCount): Date {
  const dayAfterOldest = addMilliseconds(oldestOf(latest), DAY);
  return dayAfterOldest > nextAttemptAt ? dayAfterOldest : nextAttemptAt;
}

/** What the next attempt waits for: the limit of a day is a lock as ten failures in a row are. */
export function delayOf(known: PasswordAttemptCount): PasswordDelay {
  const until = nextAttemptAt(known);
  return { until, isLock: isLock(known) || until > known.nextAttemptAt };
}

/** Whether so many failures in a row are a lock, not a mere wait. */
export function isLock({ consecutive }: PasswordAttemptCount): boolean {
  return consecutive >= DELAYS_MS.length;
}
