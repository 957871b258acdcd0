/**
 * The only source of the time. Tests settle it; nothing else may read the machine's clock (lint).
 */
export abstract class Clock {
  /** The present instant, UTC, to the millisecond. Never earlier than an instant it gave before. */
  abstract now(): Date;
}

/** The two clocks of a machine, in milliseconds. */
export interface MachineClocks {
  /** Since 1970, as the machine is set: an operator or NTP can move it, both ways. */
  wall(): number;
  /** Since some instant: runs evenly, whatever the machine is set to. */
  monotonic(): number;
}

const MACHINE: MachineClocks = { wall: () => Date.now(), monotonic: () => performance.now() };

/** How fast a clock that is ahead of the machine's goes, so that this one catches up. */
const SLEWED_RATE = 0.9;

/**
 * Reads the machine's clock. When that is set back, the time goes on from where it was, by the monotonic clock and a tenth
 * slower, until both agree: what has expired stays expired, a server that ran two minutes ahead of the others is with them
 * again after twenty, and what is valid for ten minutes ends eleven minutes later.
 */
export class SystemClock extends Clock {
  #latest = -Infinity;
  #readAt = 0;

  constructor(private readonly machine: MachineClocks = MACHINE) {
    super();
  }

  override now(): Date {
    const readAt = this.machine.monotonic();
    const slewed = this.#latest + (readAt - this.#readAt) * SLEWED_RATE;
    this.#latest = Math.max(this.machine.wall(), slewed);
    this.#readAt = readAt;
    return new Date(this.#latest);
  }
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The instant `milliseconds` after (or, when negative, before) `from`. */
export function addMilliseconds(from: Date, milliseconds: number): Date {
  return new Date(from.getTime() + milliseconds);
}

/** Whether it is a day of the calendar, written `2026-11-29`: `2026-02-30` is none. */
export function isCalendarDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

/** An instant as protocols and tokens write it: whole seconds since 1970 (`NumericDate` of RFC 7519). */
export function epochSeconds(time: Date): number {
  return Math.floor(time.getTime() / SECOND);
}
