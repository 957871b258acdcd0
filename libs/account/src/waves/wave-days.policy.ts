import { addMilliseconds, DAY, HOUR, parisClock, parisDate } from '@portillon/kernel';

/** Invitations leave from Monday to Friday, from 8:00 to 18:00 in Paris: readers and the help desk are at work. */
const FIRST_HOUR = 8;
const LAST_HOUR = 18;
const SATURDAY = 6;

/** Shortest and longest wave, days: its invitations are valid until its end. */
export const WAVE_DAYS = { min: 7, max: 60 } as const;

/** Whether a wave may send at this time. */
export function isWorkingTime(time: Date): boolean {
  const hour = Number.parseInt(parisClock(time), 10);
  return isWorkingDay(parisDate(time)) && hour >= FIRST_HOUR && hour < LAST_HOUR;
}

/** The working day `count` working days after `day`, or after the first working day from it. */
export function workingDay(day: string, count: number): string {
  let found = day;
  for (let left = count; ; found = addDays(found, 1)) {
    if (isWorkingDay(found) && left-- === 0) return found;
  }
}

/** The evening of this day in Paris, in summer and in winter. */
export function eveningOf(day: string): Date {
  return addMilliseconds(new Date(`${day}T00:00:00Z`), 21 * HOUR);
}

/** Number of days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10);
}

function isWorkingDay(day: string): boolean {
  const weekday = new Date(day).getUTCDay();
  return weekday > 0 && weekday < SATURDAY;
}
