import { AppError } from '@portillon/kernel';
import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';

/** Errors by which a provider says that it cannot just now (RFC 6749, 4.1.2.1). */
const PASSING = new Set(['server_error', 'temporarily_unavailable']);
/** No answer, or none that is a set of keys: `jose` calls that by its generic code. */
const OUT_OF_REACH = new Set([
  'OAUTH_TIMEOUT',
  'ERR_JWKS_TIMEOUT',
  'ABORT_ERR',
  'ERR_JOSE_GENERIC',
  'ERR_JWKS_INVALID',
]);

/** Turns what went wrong with PSC into our words: it does not answer, or it did not prove who is there. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isOutage(error)) return outage(reasonOf(error), error);
  return rejected(reasonOf(error), error);
}

/** Whether the person turned back at PSC. */
export function isCancelled(error: unknown): boolean {
  return error instanceof AuthorizationResponseError && error.error === 'access_denied';
}

export function outage(detail: string, cause?: unknown): AppError {
  return new AppError('means.unavailable', 'busy', { detail, cause, retryAfterSeconds: 30 });
}

export function rejected(detail: string, cause?: unknown): AppError {
  return new AppError('identity.rejected', 'unauthenticated', { detail, cause });
}

function isOutage(error: unknown): boolean {
  return chainOf(error).some((one) => {
    const { name, code, message, status } = one as {
      name?: string;
      code?: string;
      message?: string;
      status?: unknown;
    };
    if (typeof status === 'number' && status >= 500) return true;
    if (one instanceof AuthorizationResponseError) return PASSING.has(one.error);
    // Our own registration is wrong: nobody can sign in, whoever they are.
    if (one instanceof ResponseBodyError) return one.error === 'invalid_client';
    return (
      name === 'TimeoutError' ||
      OUT_OF_REACH.has(code ?? '') ||
      /^E[A-Z]{4,}$/.test(code ?? '') ||
      message === 'fetch failed'
    );
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return `${error.error}`.slice(0, 100);
  return (error instanceof Error ? error.message : String(error)).slice(0, 120);
}

/** The error, what caused it, and so on; the answer itself is the cause of an error about its form. */
function chainOf(error: unknown): object[] {
  const chain: object[] = [];
  for (let one = error; typeof one === 'object' && one !== null && chain.length < 5;) {
    chain.push(one);
    one = (one as { cause?: unknown }).cause;
  }
  return chain;
}
