/** The two UTC offsets of France during a year. */
const OFFSETS = ['+01:00', '+02:00'];

/** Day of an instant in Paris, as a date field holds it: `2026-11-24`. */
export function dayInParis(iso: string): string {
  return parisian(new Date(iso)).slice(0, 10);
}

/** Returns the instant at which a day, `2026-11-24`, begins in Paris; nothing for an invalid day. */
export function startInParis(day: string): string | null {
  const candidates = OFFSETS.map((offset) => new Date(`${day}T00:00:00${offset}`));
  const start = candidates.find((date) => !Number.isNaN(date.getTime()) && parisian(date) === `${day} 00:00`);
  return start?.toISOString() ?? null;
}

/** `2026-11-24 16:39`: the Swedish format is the ISO one. */
function parisian(date: Date): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Paris',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(date);
}

/** Adds calendar days, independent of clock changes. Returns nothing for an invalid day. */
export function daysBefore(day: string, count: number): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) ? '' : new Date(time - count * 86_400_000).toISOString().slice(0, 10);
}

export const dayAfter = (day: string) => daysBefore(day, -1);

/** A range of days; the last one is excluded. */
export type Days = [from: string, to: string];

/** The full week before that of `day`, from Monday. */
export function lastWeek(day: string): Days {
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const monday = daysBefore(day, sinceMonday);
  return [daysBefore(monday, 7), monday];
}

/** The full month before that of `day`, from the first. */
export function lastMonth(day: string): Days {
  const first = `${day.slice(0, 7)}-01`;
  return [`${daysBefore(first, 1).slice(0, 7)}-01`, first];
}
