import type { ErrorCode } from './error-registry.types';
import type { ErrorText, Locale } from './errors.types';

/** One field of a request that was refused. `field` is a path such as `phoneNumber`. */
export interface FieldError {
  field: string;
  code: string;
  message: string;
}

export interface AppErrorOptions {
  /** For the log only: never in an answer. */
  detail?: string;
  cause?: unknown;
  /** Where the answer has another status than its code: a card refused (401), and one that was never to be read (403). */
  status?: number;
  /** What a person reads instead of what the code's definition says. */
  words?: Readonly<Record<Locale, ErrorText>>;
  /** Public members added to the problem document, such as `attemptsLeft`. */
  data?: Record<string, unknown>;
  /** How long to wait before trying again, in whole seconds: becomes `Retry-After`. */
  retryAfterSeconds?: number;
  errors?: FieldError[];
}

/** What the status of an answer was called where it is thrown: its code has one now. */
export type ErrorKind = keyof typeof STATUS;

const STATUS = {
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
} as const;

/** A failure with a public code and a private detail. */
export class AppError extends Error {
  override readonly name = 'AppError';
  /** Where it is not that of the code. */
  readonly status?: number;
  readonly words?: Readonly<Record<Locale, ErrorText>>;
  readonly data: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
  readonly errors?: FieldError[];

  constructor(code: ErrorCode, options?: AppErrorOptions);
  /** Until every lib has left the kind out. */
  constructor(code: ErrorCode, kind: ErrorKind, options?: AppErrorOptions);
  constructor(
    readonly code: ErrorCode,
    kind?: ErrorKind | AppErrorOptions,
    more: AppErrorOptions = {},
  ) {
    const options = typeof kind === 'object' ? kind : more;
    super(options.detail ?? code, { cause: options.cause });
    this.status = typeof kind === 'string' ? STATUS[kind] : options.status;
    this.words = options.words;
    this.data = options.data ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.errors = options.errors;
  }
}

/** The refusal for "too many": `retryAt` rounded up to whole seconds from `now`, at least 1. */
export function tooMany(
  code: ErrorCode,
  retryAt: Date,
  now: Date,
  detail?: string,
  { words, data }: Pick<AppErrorOptions, 'words' | 'data'> = {},
): AppError {
  const seconds = Math.max(1, Math.ceil((retryAt.getTime() - now.getTime()) / 1_000));
  return new AppError(code, { detail, words, data, retryAfterSeconds: seconds });
}
