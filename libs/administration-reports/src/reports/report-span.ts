import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { TIME_ZONE } from '@portillon/audit';
import { queryChoice, queryDay } from '@portillon/http';
import { AppError, DAY } from '@portillon/kernel';
import { PERIODS } from './report.dto';

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

/** The query of a report: a structure and days. */
export const ReportQuery = () =>
  applyDecorators(
    ApiQuery({
      name: 'structure',
      required: false,
      type: String,
      description: 'The id of a structure. Default: all within reach.',
    }),
    ApiQuery({
      name: 'from',
      required: false,
      type: String,
      description: 'First day, `2026-01-01`; default: the first day of the year of `to`.',
    }),
    ApiQuery({ name: 'to', required: false, type: String, description: 'Last day. Default: today.' }),
    ApiErrors({
      401: ['session.required', 'code.required'],
      403: ['permission.denied'],
      404: ['not-found'],
      422: ['validation.failed'],
    }),
  );

/** The query of a report by period. */
export const Span = () =>
  applyDecorators(
    ReportQuery(),
    ApiQuery({
      name: 'by',
      required: false,
      enum: PERIODS,
      enumName: 'ReportPeriodKind',
      description: 'Default: months. By days: at most 366.',
    }),
  );
