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

/** A failure with a public code and a private detail. */
export class AppError extends Error {
  override readonly name = 'AppError';
  /** Where it is not that of the code. */
  readonly status?: number;
  readonly words?: Readonly<Record<Locale, ErrorText>>;
  readonly data: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
  readonly errors?: FieldError[];

  constructor(
    readonly code: ErrorCode,
    options: AppErrorOptions = {},
  ) {
    super(options.detail ?? code, { cause: options.cause });
    this.status = options.status;
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
