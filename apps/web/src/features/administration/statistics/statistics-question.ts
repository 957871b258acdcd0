import { daysBefore } from '../../../composables/dates/paris-day';

/** Parameters in the address of the page: ids only. */
export interface StatisticsQuestion {
  structure: string;
  /** Number of days until today, `year` for twelve months, or `dates` for `from` and `to`. */
  period: string;
  /** Days in Paris, both included. */
  from: string;
  to: string;
  /** Length of one bar. For `dates` only: the other periods determine it. */
  by: string;
}
export const usual: StatisticsQuestion = { structure: '', period: '30', from: '', to: '', by: 'day' };
/** Periods that end today. */
export const PERIODS = ['7', '30', 'year'] as const;

export interface Span {
  from: string;
  to: string;
  by: 'day' | 'month';
}

/** The requested days; `today` is the last day of most periods. */
export function spanOf({ period, from, to, by }: StatisticsQuestion, today: string): Span {
  if (period === 'dates') return { from, to, by: by === 'month' ? 'month' : 'day' };
  if (period === 'year') return { from: elevenMonthsBefore(today), to: today, by: 'month' };
  return { from: daysBefore(today, period === '7' ? 6 : 29), to: today, by: 'day' };
}

/** The range to compare with: the same days of the previous year, or as many days just before. */
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

/** 29 February becomes 28 February of the previous year. */
function yearBefore(day: string): string {
  const before = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return before.endsWith('-02-29') ? before.replace(/29$/, '28') : before;
}
