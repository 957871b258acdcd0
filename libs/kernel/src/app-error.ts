/** Every public error code, as integrators read it in `code` of a problem document (RFC 9457). */
export const ERROR_CODES = [
  'credentials.rejected',
  'attempts.exceeded',
  'sign-in.required',
  'code.required',
  'code.rejected',
  'code.expired',
  'code.exhausted',
  'resend.too-soon',
  'channel.unavailable',
  'delivery.failed',
  'session.required',
  'reauthentication.required',
  'origin.refused',
  'permission.denied',
  'not-found',
  'method.not-allowed',
  'validation.failed',
  'request.malformed',
  'headers.too-large',
  'body.malformed',
  'body.too-large',
  'media-type.unsupported',
  'phone.invalid',
  'phone.not-mobile',
  'phone.country-not-allowed',
  'phone.missing',
  'phone.already-verified',
  'password.weak',
  'password.wrong',
  'password.required',
  'token.rejected',
  'certificate.missing',
  'certificate.rejected',
  'identity.rejected',
  'account.not-linked',
  'account.already-linked',
  'means.unavailable',
  'precondition.failed',
  'precondition.required',
  'act.on-self',
  'administrator.last',
  'account.taken',
  'account.state',
  'structure.taken',
  'import.state',
  'service.busy',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What sort of failure it is; the HTTP lib turns each into one status. */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed'
  | 'conflict'
  | 'precondition-failed'
  | 'precondition-required'
  | 'too-large'
  | 'headers-too-large'
  | 'timed-out'
  | 'unsupported-media-type'
  | 'invalid'
  | 'too-many'
  | 'internal'
  | 'upstream'
  | 'busy';

/** One field of a request that was refused. `field` is a path such as `phoneNumber`. */
export interface FieldError {
  field: string;
  code: string;
  message: string;
}

export interface AppErrorOptions {
  /** For the log only: never sent to anybody. */
  detail?: string;
  cause?: unknown;
  /** Public members added to the problem document, such as `attemptsLeft`. */
  data?: Record<string, unknown>;
  /** How long to wait before trying again, in whole seconds: becomes `Retry-After`. */
  retryAfterSeconds?: number;
  errors?: FieldError[];
}

/** Whoever made the mistake, or nobody: where in the code it was found out helps no one. */
const OURS: readonly ErrorKind[] = ['internal', 'upstream', 'busy'];

/** A failure with a public code and a private detail. A refusal has no stack: to take one costs as much as to hash a code. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly data: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
  readonly errors?: FieldError[];

  constructor(
    readonly code: ErrorCode,
    readonly kind: ErrorKind,
    options: AppErrorOptions = {},
  ) {
    const { stackTraceLimit } = Error;
    if (!OURS.includes(kind)) Error.stackTraceLimit = 0;
    super(options.detail ?? code, { cause: options.cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.data = options.data ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.errors = options.errors;
  }
}

/** The refusal for "too many": `retryAt` rounded up to whole seconds from `now`, at least 1. */
export function tooMany(code: ErrorCode, retryAt: Date, now: Date, detail?: string): AppError {
  const seconds = Math.max(1, Math.ceil((retryAt.getTime() - now.getTime()) / 1_000));
  return new AppError(code, 'too-many', { detail, retryAfterSeconds: seconds });
}
