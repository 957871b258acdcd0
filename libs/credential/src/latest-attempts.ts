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
