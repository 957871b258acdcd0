/** The two hours that France has in a year. */
const OFFSETS = ['+01:00', '+02:00'];

/** The day in Paris of an instant, `2026-11-24`, as a date field has it. */
export function dayInParis(iso: string): string {
  return parisian(new Date(iso)).slice(0, 10);
}

/** The instant at which a day, `2026-11-24`, begins in Paris; nothing for what is no day. */
export function startInParis(day: string): string | null {
  const candidates = OFFSETS.map((offset) => new Date(`${day}T00:00:00${offset}`));
  const start = candidates.find((date) => !Number.isNaN(date.getTime()) && parisian(date) === `${day} 00:00`);
  return start?.toISOString() ?? null;
}

/** `2026-11-24 16:39`: the Swedish way of writing a date is the international one. */
function parisian(date: Date): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Paris',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(date);
}

/** By the calendar alone, no hour plays a part; nothing for what is no day. */
export function daysBefore(day: string, count: number): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) ? '' : new Date(time - count * 86_400_000).toISOString().slice(0, 10);
}

export const dayAfter = (day: string) => daysBefore(day, -1);

/** From the first one on, up to the second one, which is no part of them. */
export type Days = [from: string, to: string];

/** The whole week before that of `day`, from its Monday on. */
export function lastWeek(day: string): Days {
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const monday = daysBefore(day, sinceMonday);
  return [daysBefore(monday, 7), monday];
}

/** The whole month before that of `day`, from its first day on. */
export function lastMonth(day: string): Days {
  const first = `${day.slice(0, 7)}-01`;
  return [`${daysBefore(first, 1).slice(0, 7)}-01`, first];
}
