import { HttpException, ArgumentsHost, Catch, ExceptionFilter } from '@nestjs/common';
import { AppError, ErrorCatalogService, ErrorCode, ErrorText, FieldError } from '@portillon/kernel';
import type { Locale } from '@portillon/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { localeOf } from './client';
import type { RouteTable } from './route-table';

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

/** A failure that is no `AppError`, in our words: the code's own unless `words` has others. */
interface ForeignFailure {
  code: string;
  status?: number;
  words?: Readonly<Record<Locale, ErrorText>>;
}

/** The codes that fit a status, whatever was refused. */
const BY_STATUS: Partial<Record<number, ErrorCode>> = {
  403: 'permission.denied',
  404: 'not-found',
  405: 'method.not-allowed',
  412: 'precondition.failed',
  413: 'body.too-large',
  415: 'media-type.unsupported',
  422: 'validation.failed',
  428: 'precondition.required',
  503: 'service.busy',
};
/** The statuses that Fastify itself gives to a body that it cannot accept. */
const BODY_STATUSES = [404, 413, 415];

const REFUSED = {
  fr: { title: 'Demande refusée', detail: 'Le service a refusé cette demande.' },
  en: { title: 'Request refused', detail: 'The service refused this request.' },
};

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

/** Converts every failure into an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly routes: RouteTable,
    private readonly problems: Problems,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    // For a path without a route, Nest reports not found, whatever the method.
    const failure = request.is404 ? this.routes.refusalOf(request) : error;
    this.problems.send(failure, request, http.getResponse<FastifyReply>());
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

/** An error that Nest, Fastify or a team's own code threw. */
function foreignFailure(error: unknown): ForeignFailure {
  return error instanceof HttpException ? ofNest(error.getStatus()) : ofFastify(error);
}

/** Keeps its status. Where no code of ours fits, the code is the status' own name: 409 is `conflict`. */
function ofNest(status: number): ForeignFailure {
  const code = BY_STATUS[status];
  if (code) return { code, status };
  if (status < 400 || status >= 500) return { code: 'internal', status: Math.max(status, 500) };
  const name = STATUS_CODES[status] ?? 'refused';
  return { code: name.toLowerCase().replace(/[^a-z]+/g, '-'), status, words: REFUSED };
}

function ofFastify(error: unknown): ForeignFailure {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  const code = BODY_STATUSES.includes(status) ? BY_STATUS[status] : undefined;
  if (code) return { code };
  return { code: status >= 400 && status < 500 ? 'body.malformed' : 'internal' };
}
