import { DAY, MINUTE, SECOND, shift } from '@portillon/kernel';
import type { PasswordAttemptEntity } from './password-attempt.entity';

/** What was tried under one name so far. */
export type AttemptCount = Pick<
  PasswordAttemptEntity,
  'consecutive' | 'nextAttemptAt' | 'latest' | 'lastAttemptAt'
>;

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

/** At most so many failures in any 24 hours (RIE v1.0, EXI 25). */
export const MAX_PER_DAY = 25;

/** Milliseconds since 1970 have 13 digits until the year 2286. */
export const STAMP_DIGITS = 13;
export const NO_STAMP = '0'.repeat(STAMP_DIGITS);
export const NO_WAIT = new Date(0);

/** Nothing was tried yet, or all of it was forgotten. */
export function noAttempts(now: Date): AttemptCount {
  return { consecutive: 0, nextAttemptAt: NO_WAIT, latest: NO_STAMP.repeat(MAX_PER_DAY), lastAttemptAt: now };
}

/** With one attempt more, counted as if it failed. */
export function withAttempt({ consecutive, latest }: AttemptCount, now: Date): AttemptCount {
  const delayMs = DELAYS_MS[consecutive] ?? LOCK_MS;
  return {
    consecutive: consecutive + 1,
    // Without a wait, no instant at all: the clock of another instance may be a little behind.
    nextAttemptAt: delayMs ? shift(now, delayMs) : NO_WAIT,
    latest: latest.slice(STAMP_DIGITS) + String(now.getTime()).padStart(STAMP_DIGITS, '0'),
    lastAttemptAt: now,
  };
}

/** When both the delay and the limit of a day allow the next attempt. */
export function nextAttemptAt({ nextAttemptAt, latest }: AttemptCount): Date {
  const oldest = Number(latest.slice(0, STAMP_DIGITS));
  return new Date(Math.max(nextAttemptAt.getTime(), oldest + DAY));
}

/** Whether so many failures in a row are a lock, not a mere wait. */
export function isLock({ consecutive }: AttemptCount): boolean {
  return consecutive >= DELAYS_MS.length;
}
