import type { DataWord } from '@portillon/audit';
import { AppError, type AppErrorOptions } from '@portillon/kernel';
import { TaskCancelledError } from 'cockatiel';
import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';

/** Errors by which a provider reports that it is temporarily unable to answer (RFC 6749, 4.1.2.1). */
const PASSING = new Set(['server_error', 'temporarily_unavailable']);
/** No answer, or none that is a set of keys: `jose` calls that by its generic code. */
const OUT_OF_REACH = new Set([
  'OAUTH_TIMEOUT',
  'ERR_JWKS_TIMEOUT',
  'ABORT_ERR',
  'ERR_JOSE_GENERIC',
  'ERR_JWKS_INVALID',
]);

/** The failed check, as the journal names it. */
export type Flaw = DataWord<'detail'>;

/** By the codes of `openid-client` and `jose`. An error with another code is an unexpected answer. */
const FLAWS = new Map<unknown, Flaw>([
  ['OAUTH_RESPONSE_BODY_ERROR', 'error-answered'],
  ['OAUTH_AUTHORIZATION_RESPONSE_ERROR', 'error-answered'],
  ['OAUTH_JWT_CLAIM_COMPARISON_FAILED', 'claims'],
  ['OAUTH_JWT_TIMESTAMP_CHECK_FAILED', 'times'],
  ['ERR_JWT_CLAIM_VALIDATION_FAILED', 'claims'],
  ['ERR_JWT_EXPIRED', 'times'],
  ['ERR_JWS_SIGNATURE_VERIFICATION_FAILED', 'signature'],
  ['ERR_JWKS_NO_MATCHING_KEY', 'signature'],
  ['ERR_JOSE_ALG_NOT_ALLOWED', 'signature-algorithm'],
  ['ERR_JOSE_NOT_SUPPORTED', 'signature-algorithm'],
  ['OAUTH_WWW_AUTHENTICATE_CHALLENGE', 'userinfo-refused'],
]);

/** PSC does not answer, or it did not prove who is there. The message is for the log. */
export class ProviderFailure extends AppError {
  constructor(
    code: 'means.unavailable' | 'identity.rejected',
    readonly flaw: Flaw,
    options: AppErrorOptions,
  ) {
    super(code, options);
  }
}

/** Turns what went wrong with PSC into our words. */
export function asProviderFailure(error: unknown): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  // By its class: `isTaskCancelledError` of cockatiel 3.2.1 looks for another error.
  if (error instanceof TaskCancelledError) return outage('too-slow', 'PSC took too long', error);
  if (isOurRegistration(error)) return outage('client-refused', reasonOf(error), error);
  if (isOutage(error)) return outage('out-of-reach', reasonOf(error), error);
  return rejected(flawOf(error), reasonOf(error), error);
}

/** Whether the user cancelled at PSC. */
export function isCancelled(error: unknown): boolean {
  return error instanceof AuthorizationResponseError && error.error === 'access_denied';
}

export function outage(flaw: Flaw, detail: string = flaw, cause?: unknown): ProviderFailure {
  return new ProviderFailure('means.unavailable', flaw, {
    status: 503,
    detail,
    cause,
    retryAfterSeconds: 30,
  });
}

/** This deployment has no PSC: it is no failure, and a stranger's request leaves no trace in the log. */
export function notOffered(): ProviderFailure {
  return new ProviderFailure('means.unavailable', 'not-configured', { status: 404 });
}

export function rejected(flaw: Flaw, detail: string = flaw, cause?: unknown): ProviderFailure {
  return new ProviderFailure('identity.rejected', flaw, { detail, cause });
}

/** Our own registration is wrong: no user can sign in. */
function isOurRegistration(error: unknown): boolean {
  return chainOf(error).some((one) => one instanceof ResponseBodyError && one.error === 'invalid_client');
}

function flawOf(error: unknown): Flaw {
  const flaws = chainOf(error).map((one) => FLAWS.get((one as { code?: unknown }).code));
  return flaws.find(Boolean) ?? 'unexpected-answer';
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
    if (one instanceof ResponseBodyError) return false;
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
