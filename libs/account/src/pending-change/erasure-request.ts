import { HOUR, isCalendarDay } from '@portillon/kernel';

/** A request for erasure that an administrator received by letter, by mail or at the desk. */
export interface ErasureRequest {
  /** Date of receipt, such as `2026-11-20`: an answer is due within a month (GDPR, article 12). */
  receivedOn: string;
  reason: string;
}

const DAY_LENGTH = 10;
/** Start of the GDPR (article 99): no request is older. */
const FIRST_DAY = '2018-05-25';

/** The request as the value of a pending change. */
export function toErasureValue({ receivedOn, reason }: ErasureRequest): string {
  return `${receivedOn} ${reason}`;
}

export function erasureRequestOf(value: string): ErasureRequest {
  return { receivedOn: value.slice(0, DAY_LENGTH), reason: value.slice(DAY_LENGTH + 1) };
}

/** Whether a request may have come on this day: a date that has begun somewhere in France. */
export function isPastDay(day: string, now: Date): boolean {
  // Wallis and Futuna is twelve hours ahead of UTC.
  return isCalendarDay(day) && day >= FIRST_DAY && Date.parse(day) <= now.getTime() + 12 * HOUR;
}
