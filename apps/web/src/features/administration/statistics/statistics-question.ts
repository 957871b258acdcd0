import { daysBefore } from '../../../composables/dates/paris-day';

/** What the address of the page says, by ids alone. */
export interface StatisticsQuestion {
  structure: string;
  /** How many days until today, `year` for twelve months, or `dates` for those of `from` and `to`. */
  period: string;
  /** Days of Paris, both included. */
  from: string;
  to: string;
  /** One bar for each: of `dates` alone, the other periods have their own. */
  by: string;
}
export const usual: StatisticsQuestion = { structure: '', period: '30', from: '', to: '', by: 'day' };
/** The periods that end today. */
export const PERIODS = ['7', '30', 'year'] as const;

export interface Span {
  from: string;
  to: string;
  by: 'day' | 'month';
}

/** The days that are asked for, `today` being the last of most. */
export function spanOf({ period, from, to, by }: StatisticsQuestion, today: string): Span {
  if (period === 'dates') return { from, to, by: by === 'month' ? 'month' : 'day' };
  if (period === 'year') return { from: elevenMonthsBefore(today), to: today, by: 'month' };
  return { from: daysBefore(today, period === '7' ? 6 : 29), to: today, by: 'day' };
}

/** The span to compare with: the same days of the year before, or as many days just before. */
export function spanBefore({ from, to, by }: Span, period: string): Span | null {
  if (!from || !to || from > to) return null;
  if (period === 'year') return { from: yearBefore(from), to: yearBefore(to), by };
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  return { from: daysBefore(from, days), to: daysBefore(from, 1), by };
}

function elevenMonthsBefore(day: string): string {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 12, 1)).toISOString().slice(0, 10);
}

/** The 29 February of a leap year was the 28 the year before. */
function yearBefore(day: string): string {
  const before = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return before.endsWith('-02-29') ? before.replace(/29$/, '28') : before;
}
