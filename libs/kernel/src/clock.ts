/**
 * The only source of the time. Tests settle it; nothing else may read the machine's clock (lint).
 */
export abstract class Clock {
  /** The present instant, UTC, to the millisecond. Never earlier than an instant it gave before. */
  abstract now(): Date;
}

/** Reads the machine's clock and never steps back, so that what has expired stays expired. */
export class SystemClock extends Clock {
  #latest = 0;

  override now(): Date {
    this.#latest = Math.max(this.#latest, Date.now());
    return new Date(this.#latest);
  }
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The instant `milliseconds` after (or, when negative, before) `from`. */
export function shift(from: Date, milliseconds: number): Date {
  return new Date(from.getTime() + milliseconds);
}
