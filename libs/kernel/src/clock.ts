/** The only source of the time. Tests set it; nothing else may read the machine's clock (lint). */
export abstract class Clock {
  /** Returns the current instant, UTC, to the millisecond; never earlier than an instant it returned before. */
  abstract now(): Date;
}

/** The two clocks of a machine, in milliseconds. */
export interface MachineClocks {
  /** Milliseconds since 1970, as the machine is set: an operator or NTP can move it both ways. */
  wall(): number;
  /** Milliseconds since an arbitrary instant: runs evenly, however the machine is set. */
  monotonic(): number;
}

const MACHINE: MachineClocks = { wall: () => Date.now(), monotonic: () => performance.now() };

/** Speed of a clock that is ahead of the machine's, so that the machine catches up. */
const SLEWED_RATE = 0.9;

/**
 * Reads the machine's clock. When that is set back, this clock goes on from where it was, a tenth slower than the
 * monotonic clock, until both agree. What has expired therefore stays expired. A server that ran two minutes ahead
 * agrees with the others after twenty minutes, and a validity of ten minutes lasts at most eleven.
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

/** The later of two instants. */
export function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

/** Whether the text is a day of the calendar, written `2026-11-29`; `2026-02-30` is not. */
export function isCalendarDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

/** Formats an instant for protocols and tokens: whole seconds since 1970 (`NumericDate` of RFC 7519). */
export function epochSeconds(time: Date): number {
  return Math.floor(time.getTime() / SECOND);
}

/**
 * Resolves to the result of `work`, which goes on after a timeout.
 * @throws Error of `work`, or `late` after `milliseconds`
 */
export async function withTimeout<Result>(
  milliseconds: number,
  work: Promise<Result>,
  late = `no answer in ${milliseconds} ms`,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(late)), milliseconds);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
