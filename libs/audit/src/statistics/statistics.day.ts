/** Time zone of the days. */
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

/** Returns the day of `time`, `2026-11-24`. Lines come in order, so the last result is cached. */
export function dayOf(time: Date): string {
  const hour = Math.floor(time.getTime() / HOUR_MS);
  if (hour === latestHour) return latestDay;
  latestHour = hour;
  latestDay = CALENDAR.format(time);
  return latestDay;
}
