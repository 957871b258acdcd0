import { DAY, HOUR, MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';

/** Delays between tries: ten tries in 75 hours, as Standard Webhooks proposes. */
const DELAYS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
/** Maximum jitter, so that instances do not call a recovered endpoint at the same moment. */
const MOST_JITTER_MS = 5 * MINUTE;
const LONGEST_WISH_MS = DAY;
/** Statuses whose `Retry-After` is respected. */
const BUSY = [429, 503];

/**
 * Returns the time of the next try after so many tries; nothing after the last. `wished`: the earliest time, as the
 * endpoint asked. `fraction` in [0, 1) spreads the tries.
 */
export function nextTryAt(
  attempts: number,
  now: Date,
  wished: Date | undefined,
  fraction: number,
): Date | undefined {
  const delay = DELAYS_MS[attempts - 1];
  if (delay === undefined) return undefined;
  const planned = addMilliseconds(now, Math.round(delay + Math.min(delay / 10, MOST_JITTER_MS) * fraction));
  return wished && wished > planned ? wished : planned;
}

/** Returns until when a busy endpoint asks to wait, at most a day (RFC 9110, 10.2.3: seconds, or a date). */
export function wishedPause(status: number, retryAfter: string | undefined, now: Date): Date | undefined {
  if (!BUSY.includes(status) || !retryAfter) return undefined;
  const until = /^\d{1,9}$/.test(retryAfter)
    ? now.getTime() + Number(retryAfter) * SECOND
    : Date.parse(retryAfter);
  if (!(until > now.getTime())) return undefined;
  return new Date(Math.min(until, now.getTime() + LONGEST_WISH_MS));
}
