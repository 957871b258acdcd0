import { clientRefusalOf } from './refusal.policy';

/** An error as the library throws it. */
function thrown(
  error: string,
  more: { error_description?: string; error_detail?: string; scope?: string } = {},
) {
  return Object.assign(new Error(error), { error, ...more }) as unknown as Parameters<
    typeof clientRefusalOf
  >[0];
}

const REGISTERED = { kind: 'web', authMethod: 'client_secret_basic', pkce: 'required' } as const;
const reasonOf = (
  error: Parameters<typeof clientRefusalOf>[0],
  asked: Parameters<typeof clientRefusalOf>[1],
) => clientRefusalOf(error, asked, REGISTERED);

describe('what is kept of a refusal', () => {
  it.each([
    ['invalid_client', 'invalid secret provided', 'secret-wrong'],
    ['invalid_client', 'unique jti (JWT ID) must be provided in the client_assertion JWT', 'proof-wrong'],
    ['invalid_grant', 'authorization code already consumed', 'already-used'],
    ['invalid_grant', 'already consumed', 'already-used'],
    ['invalid_grant', 'refresh token is expired', 'too-late'],
    ['invalid_grant', 'authorization code not found', 'not-found'],
    ['invalid_grant', 'code_verifier does not match code_challenge', 'pkce-wrong'],
    ['access_denied', 'the application is not for this person', 'audience-other'],
    ['unmet_authentication_requirements', 'the level was not reached', 'level-unmet'],
  ])('%s, “%s”, is %s', (code, error_detail, detail) => {
    expect(reasonOf(thrown(code, { error_detail }), {})).toEqual({ code, detail });
  });

  it('is the scope, or the resource, that is not the application’s', () => {
    expect(reasonOf(thrown('invalid_scope', { scope: 'admin' }), {})?.detail).toBe('admin');
    const asked = { resource: ['https://a.example', 'https://b.example'] };
    expect(reasonOf(thrown('invalid_target'), asked)?.detail).toBe('https://a.example https://b.example');
  });

  it('is the return address, without what it may carry', () => {
    const redirect_uri = 'https://claire:secret@app.example/Retour?token=abc&x=1#id_token=def';
    expect(reasonOf(thrown('invalid_redirect_uri'), { redirect_uri })?.detail).toBe(
      'https://…@app.example/Retour?token=…&x=…#…',
    );
  });

  it('is the address after a sign-out, under a separate code, where the library’s text matches exactly', () => {
    const asked = { post_logout_redirect_uri: 'https://app.example/au-revoir?x=1' };
    const refused = (error_description: string) =>
      reasonOf(thrown('invalid_request', { error_description }), asked);
    expect(refused('post_logout_redirect_uri not registered')).toEqual({
      code: 'invalid_post_logout_redirect_uri',
      detail: 'https://app.example/au-revoir?x=…',
    });
    for (const text of [
      'the post_logout_redirect_uri not registered',
      'post_logout_redirect_uri not registered yet',
    ])
      expect(refused(text)).toEqual({ code: 'invalid_request', detail: text });
  });

  it('is the library’s own text, and no cause of it, where there are no words of ours', () => {
    const error = thrown('invalid_request', {
      error_description: 'could not parse the claims parameter JSON',
      error_detail: 'Unexpected token in "secret"',
    });
    expect(reasonOf(error, {})?.detail).toBe('could not parse the claims parameter JSON');
  });

  it('is nothing when no setting is at fault', () => {
    expect(reasonOf(thrown('login_required'), {})).toBeUndefined();
    const declined = thrown('access_denied', { error_description: 'the person did not go on' });
    expect(reasonOf(declined, {})).toBeUndefined();
  });

  it.each([
    ['offers the nonce that the application sends', { nonce: 'n' }, {}, 'pkce-missing-nonce-sent'],
    ['offers nothing where it sends none', {}, {}, 'pkce-missing'],
    ['offers nothing to a public client', { nonce: 'n' }, { authMethod: 'none' }, 'pkce-missing'],
    ['names both where a nonce would do', {}, { pkce: 'nonce' }, 'pkce-or-nonce-missing'],
  ] as const)('without PKCE %s', (_, asked, changes, detail) => {
    const error_description = 'Authorization Server policy requires PKCE to be used for this request';
    const error = thrown('invalid_request', { error_description });
    expect(clientRefusalOf(error, asked, { ...REGISTERED, ...changes })?.detail).toBe(detail);
  });
});
