import { AppError, ErrorCatalogService, ErrorCode, ErrorText, FieldError } from '@portillon/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { localeOf } from './client';
import { ForeignFailure, foreignFailure } from './foreign-failure';

/** A failure as it is answered; `error` when it is one of ours. */
interface Problem {
  code: string;
  status: number;
  text: ErrorText;
  error?: AppError;
}

/** Answers a failure in the form of another protocol. */
export type FailureAnswer = (error: AppError, request: FastifyRequest, reply: FastifyReply) => void;

const TOO_MANY = 429;

/** RFC 9470: shows a client that its session is good and only a fresh proof is missing. */
const STEP_UP_CODES = new Set(['code.required', 'reauthentication.required']);

/** Answers failures with problem documents (RFC 9457), in the words that the libs registered for their codes. */
export class Problems {
  readonly #otherwise: { under: string; answer: FailureAnswer }[] = [];
  readonly #failures = new WeakMap<FastifyRequest, { err: unknown; code: string }>();

  constructor(private readonly catalog: ErrorCatalogService) {}

  /** Has failures at the path `under`, and below it, answered in the form of another protocol. */
  answerOtherwise(under: string, answer: FailureAnswer): void {
    this.#otherwise.push({ under, answer });
  }

  /** Answers in the language of the request. A code that no lib registered is `internal`, and its name in the log. */
  send(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = this.#problemOf(error, request);
    const { code, status } = problem;
    if (status >= 500) this.#failures.set(request, { err: problem.error ?? error, code });
    setHeaders(problem, reply);
    const path = `${foldedPath(pathOf(request))}/`;
    const other = this.#otherwise.find(({ under }) => path.startsWith(`${under}/`));
    if (other)
      return other.answer(problem.error ?? new AppError(code as ErrorCode, { status }), request, reply);
    void reply.status(status).send(JSON.stringify(this.#document(problem, request)));
  }

  /** Why the answer to a request is a failure of ours, for its line in the log. */
  failureOf(request: FastifyRequest): { err: unknown; code: string } | undefined {
    return this.#failures.get(request);
  }

  #problemOf(error: unknown, request: FastifyRequest): Problem {
    const own = error instanceof AppError ? error : undefined;
    const { code, status, words }: ForeignFailure = own ?? foreignFailure(error);
    const definition = this.catalog.find(code);
    const text = (words ?? definition)?.[languageOf(request)];
    if (!text) return this.#problemOf(unregistered(code, error), request);
    return { code, status: status ?? definition!.status, text, error: own };
  }

  #document({ code, status, text, error }: Problem, request: FastifyRequest): object {
    // Sent as a header only.
    const { allow, ...data } = error?.data ?? {};
    const message = ({ code: fault, field, word = '' }: FieldError) =>
      this.catalog.fieldText(fault, languageOf(request), field).replace('{word}', () => word);
    return {
      type: problemType(code),
      ...text,
      status,
      instance: pathOf(request),
      code,
      requestId: request.id,
      retryAfterSeconds: error?.retryAfterSeconds,
      errors: error?.errors?.map((one) => ({ ...one, message: message(one) })),
      ...data,
    };
  }
}

/** The address of the page that explains a code, on the server that answered (RFC 9457, 3.1.1: a relative reference). */
export function problemType(code: string): string {
  return `/api/errors/${code}`;
}

/**
 * The path decoded, in small letters and without doubled slashes: `/SCIM/v2` and `/scim%2fv2` are wrong addresses of what is
 * under `/scim`, not of a page.
 */
export function foldedPath(path: string): string {
  // A part that is not UTF-8 stays as it is.
  const decoded = path.replace(/(?:%[0-9a-f]{2})+/gi, (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return decoded.toLowerCase().replace(/[\\/]+/g, '/');
}

function unregistered(code: string, cause: unknown): AppError {
  return new AppError('internal', { detail: `no module registers the error code "${code}"`, cause });
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0]!;
}

function languageOf(request: FastifyRequest) {
  return localeOf(request.headers['accept-language']);
}

/** `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10) says when a full limit opens again, not its size. */
function setHeaders({ code, status, error }: Problem, reply: FastifyReply): void {
  if (error?.retryAfterSeconds !== undefined) void reply.header('retry-after', error.retryAfterSeconds);
  if (status === TOO_MANY && error?.retryAfterSeconds !== undefined && !reply.hasHeader('ratelimit'))
    void reply.header('ratelimit', `"${code}";r=0;t=${error.retryAfterSeconds}`);
  if (Array.isArray(error?.data['allow'])) void reply.header('allow', error.data['allow'].join(', '));
  if (STEP_UP_CODES.has(code)) void reply.header('www-authenticate', stepUpChallenge(code));
  void reply.header('content-type', 'application/problem+json; charset=utf-8');
  void reply.header('cache-control', 'no-store');
}

function stepUpChallenge(code: string): string {
  return `Session realm="portillon", error="insufficient_user_authentication", error_description="${code}"`;
}
