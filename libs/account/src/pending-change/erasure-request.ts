import { HOUR, isCalendarDay } from '@portillon/kernel';

/** A request for erasure that came by letter, by mail or by the desk, as an administrator writes it down. */
export interface ErasureRequest {
  /** The day when it came, such as `2026-11-20`: an answer is due within a month (GDPR, article 12). */
  receivedOn: string;
  reason: string;
}

const DAY_LENGTH = 10;
/** Since when a person may ask for it (GDPR, article 99): no request is older. */
const FIRST_DAY = '2018-05-25';

/** The wish as a change that waits holds it. */
export function toErasureValue({ receivedOn, reason }: ErasureRequest): string {
  return `${receivedOn} ${reason}`;
}

export function erasureRequestOf(value: string): ErasureRequest {
  return { receivedOn: value.slice(0, DAY_LENGTH), reason: value.slice(DAY_LENGTH + 1) };
}

/** Whether a request may have come on this day: one of the calendar that has begun somewhere in France. */
export function isPastDay(day: string, now: Date): boolean {
  // Wallis and Futuna is twelve hours ahead of UTC.
  return isCalendarDay(day) && day >= FIRST_DAY && Date.parse(day) <= now.getTime() + 12 * HOUR;
}
