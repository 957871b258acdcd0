import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { ReportQuery } from './report-query.decorator';
import { PERIODS } from './report.dto';

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
