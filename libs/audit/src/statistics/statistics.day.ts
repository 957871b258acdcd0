/** The calendar by which days are counted. */
export const TIME_ZONE = 'Europe/Paris';

const CALENDAR = new Intl.DateTimeFormat('en-CA', {
  timeZone: TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const HOUR_MS = 3_600_000;
let latestHour = NaN;
let latestDay = '';

/** The day on which `time` falls, `2026-11-24`. Lines come hour by hour, so the last answer is mostly the next. */
export function dayOf(time: Date): string {
  const hour = Math.floor(time.getTime() / HOUR_MS);
  if (hour === latestHour) return latestDay;
  latestHour = hour;
  latestDay = CALENDAR.format(time);
  return latestDay;
}
