import { addMilliseconds, DAY, parisClock, parisDate } from '@portillon/kernel';

const DAYS_OF_WEEK = 7;
const TIME = '08:00';
/** 8:00 in Paris, in winter and in summer. */
const IN_UTC = ['T07:00Z', 'T06:00Z'];

/** The next Monday at 8:00 in Paris, later than `now`. */
export function nextMonday(now: Date): Date {
  for (let days = 0; days <= DAYS_OF_WEEK; days++) {
    const day = parisDate(addMilliseconds(now, days * DAY));
    const isMonday = new Date(`${day}T12:00Z`).getUTCDay() === 1;
    const time = IN_UTC.map((one) => new Date(day + one)).find((one) => parisClock(one) === TIME);
    if (isMonday && time && time > now) return time;
  }
  throw new Error(`no Monday follows ${now.toISOString()}`);
}
