import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Sends the version of the resource, for the `If-Match` of a change. */
export function setVersion(reply: FastifyReply, version: number): void {
  void reply.header('etag', `"${version}"`);
}

/** The form in which versions are issued: `"01"` is never one. */
const ENTITY_TAG = /^"(0|[1-9]\d{0,8})"$/;

/**
 * The version that the client of a change last saw (RFC 9110, 13.1.1). `*` is refused: it would overwrite a change that the
 * client did not read.
 *
 * @throws AppError `precondition.required`, `precondition.failed`
 */
export function seenVersion(header: string | undefined): number {
  if (header === undefined) throw new AppError('precondition.required');
  const version = ENTITY_TAG.exec(header.trim())?.[1];
  if (version === undefined) throw new AppError('precondition.failed');
  return Number(version);
}

/** The version in `If-Match`. @throws AppError `precondition.required`, `precondition.failed` */
export const SeenVersion = createParamDecorator((_: unknown, context: ExecutionContext): number =>
  seenVersion(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);
