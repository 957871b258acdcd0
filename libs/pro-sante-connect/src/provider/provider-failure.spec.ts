import { TaskCancelledError } from 'cockatiel';
import { errors } from 'jose';
import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { asProviderFailure, isCancelled, rejected } from './provider-failure';

const answered = (error: string, status = 400) =>
  new ResponseBodyError('answered', { cause: { error }, response: new Response(null, { status }) });
const cameBack = (error: string) =>
  new AuthorizationResponseError('came back', { cause: new URLSearchParams({ error }) });

describe('what went wrong with PSC', () => {
  it.each([
    ['a signature by another key', new errors.JWSSignatureVerificationFailed(), 'signature'],
    ['a key that PSC does not publish', new errors.JWKSNoMatchingKey(), 'signature'],
    ['a token that has expired', new errors.JWTExpired('late', {}), 'times'],
    ['a token for somebody else', new errors.JWTClaimValidationFailed('audience', {}), 'claims'],
    [
      'the same, wrapped',
      new Error('rejected', { cause: coded('OAUTH_JWT_CLAIM_COMPARISON_FAILED') }),
      'claims',
    ],
    ['a code that is refused', answered('invalid_grant'), 'error-answered'],
    ['an error on the way back', cameBack('invalid_scope'), 'error-answered'],
    ['what nobody expects', coded('constructor'), 'unexpected-answer'],
    ['what is no error', 'gone', 'unexpected-answer'],
  ])('is that who is there was not proven: %s', (_, error, flaw) => {
    expect(asProviderFailure(error)).toMatchObject({ code: 'identity.rejected', flaw });
  });

  it.each([
    ['no answer', coded('ECONNREFUSED'), 'out-of-reach'],
    ['no answer in time', coded('OAUTH_TIMEOUT'), 'out-of-reach'],
    ['a failure of its own', answered('server_error', 503), 'out-of-reach'],
    ['an error that will pass', cameBack('temporarily_unavailable'), 'out-of-reach'],
    ['all its answers together too slow', new TaskCancelledError(), 'too-slow'],
    ['that it does not know us', answered('invalid_client', 401), 'client-refused'],
  ])('is an outage: %s', (_, error, flaw) => {
    expect(asProviderFailure(error)).toMatchObject({ code: 'means.unavailable', flaw });
  });

  it('stays what it was found to be, and keeps the words of the library for the log', () => {
    const found = rejected('acr');
    expect(asProviderFailure(found)).toBe(found);
    expect(asProviderFailure(new Error('unexpected "iss"')).message).toBe('unexpected "iss"');
  });

  it('is nothing when the person turned back there', () => {
    expect(isCancelled(cameBack('access_denied'))).toBe(true);
  });
});

function coded(code: string): Error {
  return Object.assign(new Error('of a library'), { code });
}
