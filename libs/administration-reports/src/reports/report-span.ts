import { TIME_ZONE } from '@portillon/audit';
import { AppError, DAY } from '@portillon/kernel';
import { PERIODS } from './report.dto';
import { queryChoice, queryDay } from '@portillon/http';

/** The days that a report is about. */
export interface ReportSpan {
  /** `2026-01-01`. */
  from: string;
  to: string;
  by: (typeof PERIODS)[number];
}

/** A year by days or ten years by months is readable; a longer table is not. */
const MOST_DAYS = { day: 366, month: 3_660 };
const CALENDAR = new Intl.DateTimeFormat('en-CA', {
  timeZone: TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The span of a query. Default: this year so far, by months. @throws AppError `validation.failed` */
export function reportSpan(query: Record<string, unknown>, now: Date): ReportSpan {
  const by = queryChoice('by', query['by'], PERIODS) ?? 'month';
  const to = queryDay('to', query['to']) ?? CALENDAR.format(now);
  const from = queryDay('from', query['from']) ?? `${to.slice(0, 4)}-01-01`;
  const days = (startOf(to) - startOf(from)) / DAY + 1;
  if (days < 1 || days > MOST_DAYS[by]) throw tooLong();
  return { from, to, by };
}

/** Every day or month of the span, in order. */
export function periodsOf({ from, to, by }: ReportSpan): string[] {
  const periods = new Set<string>();
  for (let time = startOf(from); time <= startOf(to); time += DAY)
    periods.add(new Date(time).toISOString().slice(0, by === 'day' ? 10 : 7));
  return [...periods];
}

/** Days are counted by their names alone: noon, midnight and summer time play no part. */
function startOf(day: string): number {
  return new Date(`${day}T00:00:00.000Z`).getTime();
}

function tooLong(): AppError {
  const errors = [{ field: 'to', code: 'format', message: '' }];
  return new AppError('validation.failed', { errors });
}
