import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';

/** The query of a report: a structure and days. */
export const ReportQuery = () =>
  applyDecorators(
    ApiQuery({
      name: 'structure',
      required: false,
      type: String,
      description: 'An id; all within reach unless told.',
    }),
    ApiQuery({
      name: 'from',
      required: false,
      type: String,
      description: 'First day, `2026-01-01`; the first of the year of `to` unless told.',
    }),
    ApiQuery({ name: 'to', required: false, type: String, description: 'Last day; today unless told.' }),
    ApiErrors({
      401: ['session.required', 'code.required'],
      403: ['permission.denied'],
      404: ['not-found'],
      422: ['validation.failed'],
    }),
  );
