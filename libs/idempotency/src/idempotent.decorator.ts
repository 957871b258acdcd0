import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { IdempotencyInterceptor, SECRET_FIELDS } from './idempotency.interceptor';

const HEADER = {
  name: 'Idempotency-Key',
  required: false,
  description:
    'A string of 1 to 128 characters, new for each creation; an application must send one. Within 24 hours the same key with the same body gets the same answer, and nothing is created twice.',
};

/**
 * Marks a creation that runs once under its `Idempotency-Key`. The module imports `IdempotencyModule`. `secretFields`:
 * fields of the answer that are shown once and never stored; in a repeated answer they are `null`.
 */
export const Idempotent = (secretFields: readonly string[] = []) =>
  applyDecorators(
    SetMetadata(SECRET_FIELDS, secretFields),
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader(HEADER),
  );
