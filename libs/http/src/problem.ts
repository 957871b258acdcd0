import { AppError, ErrorCode, ErrorKind } from '@portillon/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { localeOf } from './client';
import { fieldText, problemText } from './problem-texts';

export const STATUS: Record<ErrorKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'timed-out': 408,
  conflict: 409,
  'precondition-failed': 412,
  'too-large': 413,
  'unsupported-media-type': 415,
  invalid: 422,
  'precondition-required': 428,
  'too-many': 429,
  'headers-too-large': 431,
  internal: 500,
  upstream: 502,
  busy: 503,
};

/** RFC 9470: tells a client that its session is good and only a fresh proof is missing. */
const STEP_UP_CODES = new Set(['code.required', 'reauthentication.required']);

/** Answers with a problem document (RFC 9457) in the language of the request. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = asAppError(error);
  const status = STATUS[known.kind];
  if (status >= 500)
    request.log.error({ requestId: request.id, err: error, code: known.code }, 'request failed');
  if (known.retryAfterSeconds !== undefined) void reply.header('retry-after', known.retryAfterSeconds);
  if (Array.isArray(known.data['allow'])) void reply.header('allow', known.data['allow'].join(', '));
  if (STEP_UP_CODES.has(known.code)) void reply.header('www-authenticate', stepUpChallenge(known.code));
  void reply
    .status(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemOf(known, status, request)));
}

function problemOf(error: AppError, status: number, request: FastifyRequest): object {
  const locale = localeOf(request.headers['accept-language']);
  // Told by its header alone.
  const { allow, ...data } = error.data;
  return {
    type: `urn:portillon:error:${error.code}`,
    ...problemText(error.code, locale),
    status,
    instance: request.url.split('?', 1)[0],
    code: error.code,
    requestId: request.id,
    retryAfterSeconds: error.retryAfterSeconds,
    errors: error.errors?.map((one) => ({ ...one, message: fieldText(one.code, locale) })),
    ...data,
  };
}

function stepUpChallenge(code: string): string {
  return `Session realm="portillon", error="insufficient_user_authentication", error_description="${code}"`;
}

const BY_STATUS: Record<number, readonly [ErrorCode, ErrorKind]> = {
  404: ['not-found', 'not-found'],
  413: ['body.too-large', 'too-large'],
  415: ['media-type.unsupported', 'unsupported-media-type'],
};

/** What Fastify and Nest throw by themselves, in the house's words. */
function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { statusCode, status } = error as { statusCode?: number; status?: number };
  const fault = statusCode ?? status ?? 500;
  const [code, kind] = BY_STATUS[fault] ?? (fault >= 400 && fault < 500 ? MALFORMED : INTERNAL);
  return new AppError(code, kind, { cause: error });
}

const MALFORMED = ['body.malformed', 'malformed'] as const;
const INTERNAL = ['internal', 'internal'] as const;
