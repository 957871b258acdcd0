import type { ErrorCode, ErrorText, Locale } from './errors.types';

/** One field of a request that was refused. `field` is a path such as `phoneNumber`. */
export interface FieldError {
  field: string;
  code: string;
  message: string;
  /** The part of the value that is wrong: replaces `{word}` in the message. */
  word?: string | undefined;
}

export interface AppErrorOptions {
  /** For the log only: never in an answer. */
  detail?: string;
  cause?: unknown;
  /**
   * Status of the answer, where it differs from that of the code: a refused card (401), a request that must not be
   * read (403).
   */
  status?: number;
  /** Text for the person, instead of the definition of the code. */
  words?: Readonly<Record<Locale, ErrorText>>;
  /** Public members added to the problem document, such as `attemptsLeft`. */
  data?: Record<string, unknown>;
  /** Time to wait before the next try, whole seconds: becomes `Retry-After`. */
  retryAfterSeconds?: number;
  errors?: FieldError[];
}

/** A failure with a public code and a private detail. */
export class AppError extends Error {
  override readonly name = 'AppError';
  /** Status of the answer, where it differs from that of the code. */
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

/** Returns the error for "too many": `retryAt` rounded up to whole seconds from `now`, at least 1. */
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
