import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { PERIODS } from './report.dto';

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
