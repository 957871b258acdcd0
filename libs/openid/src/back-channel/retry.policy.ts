import { MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';

/**
 * The wait after each attempt. It suits an application that restarts within seconds, and one that is down for longer.
 */
const WAITS_MS = [5 * SECOND, 15 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE];
/** By then the application's own session has ended, or its users have noticed. */
const GIVEN_UP_AFTER_MS = 30 * MINUTE;

/** When to try again after `attempts` tries; undefined when it is given up. */
export function nextTry(createdAt: Date, attempts: number, now: Date): Date | undefined {
  const wait = WAITS_MS[Math.min(attempts, WAITS_MS.length) - 1]!;
  const next = addMilliseconds(now, wait);
  return next <= addMilliseconds(createdAt, GIVEN_UP_AFTER_MS) ? next : undefined;
}
