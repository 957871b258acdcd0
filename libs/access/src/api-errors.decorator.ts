import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { ErrorCode } from '@portillon/kernel';

/** Declares the refusals of a route in the OpenAPI document: `{ 401: ['code.rejected'] }`. */
export function ApiErrors(answers: Record<number, ErrorCode[]>) {
  const responses = Object.entries(answers).map(([status, codes]) =>
    ApiResponse({
      status: Number(status),
      description: codes.map((code) => `\`${code}\``).join(', '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }),
  );
  return applyDecorators(...responses);
}
