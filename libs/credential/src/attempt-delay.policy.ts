import { MINUTE, SECOND } from '@portillon/kernel';

/**
 * How long the next attempt waits after so many consecutive failures: nothing after the first two, over one minute
 * from the fifth, a lock of 30 minutes from the tenth on (RIE v1.0, EXI 25).
 */
export const DELAYS_MS = [
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

/** At most so many failures in any 24 hours (RIE v1.0, EXI 25). */
export const MAX_PER_DAY = 25;

/** Milliseconds since 1970 have 13 digits until the year 2286. */
export const STAMP_DIGITS = 13;
export const NO_STAMP = '0'.repeat(STAMP_DIGITS);

/** An instant as 13 digits, so that their order as texts is their order in time. */
export function toStamp(time: Date): string {
  return String(time.getTime()).padStart(STAMP_DIGITS, '0');
}

export function fromStamp(stamp: string): Date {
  return new Date(Number(stamp));
}
