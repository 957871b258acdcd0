import { createRemoteJWKSet, jwtVerify, UnsecuredJWT } from 'jose';
import * as client from 'openid-client';
import { ConformanceTester, postedBy } from '../harness/applications/conformance-tester';
import { arrive, interactionOf, REDIRECT_URI, RelyingParty } from '../harness/applications/relying-party';
import { useStage } from '../harness/server/stage';

/*
 * What the modules of OpenID's conformance suite ask of a provider, under their names, as far as it can be stated without
 * the suite itself. `docs/conformance` lists each with its test. The suite's applications send no PKCE.
 */

const stage = useStage({ environment: { ACCEPT_RISK: 'pkce-off' } });
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const PKCE = ['code_challenge', 'code_challenge_method'];

const errorOf = (url: URL) => url.searchParams.get('error');
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe.each([
  ['oidcc-basic-certification-test-plan', 'query' as const],
  ['oidcc-formpost-basic-certification-test-plan', 'form_post' as const],
])('%s', (_plan, mode) => {
  let suite: ConformanceTester;
  beforeAll(async () => {
    suite = await ConformanceTester.start(stage, mode);
  });

  it('oidcc-server: the code flow gives an ID token that names issuer, audience, person and nonce', async () => {
    const claims = (await suite.enter()).claims()!;
    expect(claims).toMatchObject({ iss: 'http://portillon.test', aud: suite.party.id, sub: suite.person.id });
    for (const name of ['nonce', 'exp', 'iat', 'auth_time', 'acr', 'amr', 'sid'])
      expect(claims).toHaveProperty(name);
    for (const name of ['means', 'code_time']) expect(claims).not.toHaveProperty(name);
  });

  it('oidcc-response-type-missing: is answered with an error at the application', async () => {
    const { url } = await suite.request({}, [...PKCE, 'response_type']);
    expect(errorOf(await suite.goTo(url))).toBe('invalid_request');
  });

  it.each([
    ['oidcc-userinfo-get', 'GET', 'header'],
    ['oidcc-userinfo-post-header', 'POST', 'header'],
    ['oidcc-userinfo-post-body', 'POST', 'body'],
  ])('%s: the person is the one of the ID token', async (_, method, place) => {
    const tokens = await suite.enter();
    const body = new URLSearchParams({ access_token: tokens.access_token });
    const proof = place === 'body' ? { body } : { headers: bearer(tokens.access_token) };
    const answer = await suite.party.fetch('/oidc/userinfo', { method, ...proof });
    expect(await answer.json()).toMatchObject({ sub: tokens.claims()!.sub });
  });

  it('oidcc-ensure-request-without-nonce-succeeds-for-code-flow', async () => {
    const { url, checks } = await suite.request({}, [...PKCE, 'nonce']);
    delete checks.expectedNonce;
    const tokens = await suite.party.redeem({ back: await suite.goTo(url), checks });
    expect(tokens.claims()).not.toHaveProperty('nonce');
  });

  it.each([
    ['oidcc-scope-profile', 'openid profile', ['name', 'preferred_username', 'locale']],
    ['oidcc-scope-email', 'openid email', ['email', 'email_verified']],
    ['oidcc-scope-address', 'openid address', ['sub']],
    ['oidcc-scope-phone', 'openid phone', ['sub']],
    ['oidcc-scope-all', 'openid profile email address phone', ['name', 'email']],
    ['oidcc-alternate-happy-flow', 'profile openid', ['name']],
    ['scopes of our own', 'openid groups structure', ['groups', 'structure']],
  ])('%s: the claims of the scope are there, and never a phone or an address', async (_, scope, names) => {
    const claims = await suite.userinfo((await suite.enter({ scope })).access_token);
    for (const name of names) expect(claims).toHaveProperty(name);
    for (const name of ['phone_number', 'address']) expect(claims).not.toHaveProperty(name);
  });

  it.each([
    ['oidcc-display-page', { display: 'page' }],
    ['oidcc-display-popup', { display: 'popup' }],
    ['oidcc-ui-locales', { ui_locales: 'fr en' }],
    ['oidcc-claims-locales', { claims_locales: 'fr' }],
    ['oidcc-ensure-request-with-unknown-parameter-succeeds', { extra: 'foobar' }],
    ['oidcc-ensure-request-with-acr-values-succeeds', { acr_values: 'eidas1' }],
  ])('%s', async (_, parameters) => {
    const claims = (await suite.enter(parameters)).claims()!;
    expect(claims).toMatchObject({ acr: 'eidas1', auth_time: expect.any(Number) });
  });

  it.each([
    ['oidcc-prompt-login', { prompt: 'login' }],
    ['oidcc-max-age-1', { max_age: '1' }],
  ])(
    '%s: the person proves anew who they are, and the ID token has the time of that',
    async (_, parameters) => {
      const first = (await suite.enter()).claims()!;
      await stage.server.advance(2_000);
      const second = (await suite.proveAnew(await suite.leave(parameters))).claims()!;
      // A code renews the session: the application knows it by the same `sid`.
      expect(second).toMatchObject({ sub: first.sub, sid: first['sid'] });
      expect(second.auth_time).toBeGreaterThan(first.auth_time!);
    },
  );

  it.each([
    ['oidcc-prompt-none-logged-in', { prompt: 'none' }],
    ['oidcc-max-age-10000', { max_age: '10000' }],
  ])('%s: the same person and proof, without a page', async (_, parameters) => {
    const first = (await suite.enter()).claims()!;
    const { sub, auth_time } = first;
    expect((await suite.enter(parameters)).claims()).toMatchObject({ sub, auth_time });
  });

  it('oidcc-prompt-none-not-logged-in: no page is shown, the application gets an error', async () => {
    const { back } = await suite.leave({ prompt: 'none' }, stage.visitor());
    expect(errorOf(back)).toBe('login_required');
  });

  it('oidcc-id-token-hint: the person of an earlier ID token is let in', async () => {
    const { id_token: hint } = await suite.enter();
    const { sub } = (await suite.enter({ prompt: 'none', id_token_hint: hint! })).claims()!;
    expect(sub).toBe(suite.person.id);
  });

  it('oidcc-login-hint: the page fills in whom the application expects', async () => {
    const newcomer = stage.visitor();
    const { back } = await suite.leave({ login_hint: 'claire.martin' }, newcomer);
    const path = `/api/oidc/interactions/${interactionOf(back)}/details`;
    expect((await newcomer.get(path)).body).toMatchObject({ loginHint: 'claire.martin' });
  });

  it.each([
    ['oidcc-codereuse', 0],
    ['oidcc-codereuse-30seconds', 30_000],
  ])('%s: a code is good once, and its tokens end when it comes again', async (_, later) => {
    const way = await suite.leave();
    const tokens = await suite.party.redeem(way);
    if (later > 0) await stage.server.advance(later);
    await expect(suite.party.redeem(way)).rejects.toMatchObject({ error: 'invalid_grant' });
    const headers = bearer(tokens.access_token);
    expect((await suite.party.fetch('/oidc/userinfo', { headers })).status).toBe(401);
  });

  it.each([
    ['another path', `${REDIRECT_URI}/more`],
    ['a query', `${REDIRECT_URI}?a=b`],
    ['a longer host', 'https://orientation.test.evil.test/retour'],
  ])(
    'oidcc-ensure-registered-redirect-uri: %s leads to a page of ours, not there',
    async (_, redirect_uri) => {
      const { url } = await suite.request({ redirect_uri });
      const answer = await suite.party.fetch(`${url.pathname}${url.search}`);
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
      expect(await answer.text()).toContain('invalid_redirect_uri');
    },
  );

  it('oidcc-ensure-post-request-succeeds: a request sent as a form', async () => {
    const { url, checks } = await suite.request();
    const raw = url.searchParams.toString();
    const { headers } = await suite.browser.post(url.pathname, undefined, { raw, headers: FORM });
    const { sub } = (
      await suite.party.redeem({ back: await suite.goTo(headers.location!), checks })
    ).claims()!;
    expect(sub).toBe(suite.person.id);
  });

  it('oidcc-server-client-secret-post: the secret in the body', async () => {
    const other = await suite.of({ authMethod: 'client_secret_post' });
    expect((await other.enter()).claims()).toMatchObject({ aud: other.party.id });
  });

  it('oidcc-claims-essential: a name that is asked for by name is given at userinfo', async () => {
    const claims = JSON.stringify({ userinfo: { name: { essential: true } } });
    const tokens = await suite.enter({ scope: 'openid', claims });
    const given = await suite.userinfo(tokens.access_token);
    expect(given).toMatchObject({ name: expect.any(String) });
    for (const name of ['preferred_username', 'locale', 'email']) expect(given).not.toHaveProperty(name);
    expect(tokens.claims()).not.toHaveProperty('name');
  });

  it.each([
    ['oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported', { scope: 'openid' }],
    ['oidcc-ensure-request-object-with-redirect-uri', { redirect_uri: `${REDIRECT_URI}/more` }],
  ])('%s: is refused as unsupported', async (_, object) => {
    const request = new UnsecuredJWT({
      response_type: 'code',
      client_id: suite.party.id,
      ...object,
    }).encode();
    expect(errorOf((await suite.leave({ request })).back)).toBe('request_not_supported');
  });

  it('oidcc-refresh-token: gives new tokens, and another refresh token', async () => {
    const { refresh_token: first } = await suite.enter();
    const next = await client.refreshTokenGrant(suite.party.configuration, first!);
    expect(next.refresh_token).not.toBe(first);
    expect(next.claims()).toMatchObject({ aud: suite.party.id });
  });

  it('oidcc-ensure-request-with-valid-pkce-succeeds', async () => {
    const { url, checks } = await suite.request({}, []);
    expect((await suite.party.redeem({ back: await suite.goTo(url), checks })).claims()).toMatchObject({
      aud: suite.party.id,
    });
  });
});

/* The suite has these for applications that register themselves, which ours do not. */
describe('modules of the basic plan beyond those of registered applications', () => {
  let suite: ConformanceTester;
  beforeAll(async () => {
    suite = await ConformanceTester.start(stage, 'query');
  });

  it('oidcc-idtoken-signature: is by a key of the JWKS, named by its kid', async () => {
    const { id_token } = await suite.enter();
    const keys = createRemoteJWKSet(new URL(`${stage.server.url}/oidc/jwks`));
    const { protectedHeader } = await jwtVerify(id_token!, keys, { audience: suite.party.id });
    expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
  });

  it('oidcc-idtoken-unsigned: is not offered', async () => {
    const answer = await suite.party.fetch('/.well-known/openid-configuration');
    const { id_token_signing_alg_values_supported: algs } = (await answer.json()) as Record<string, string[]>;
    expect(algs).not.toContain('none');
  });

  it('oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported: no address is fetched', async () => {
    const { back } = await suite.leave({ request_uri: 'https://orientation.test/request.jwt' });
    expect(errorOf(back)).toMatch(/^(request_uri_not_supported|invalid_request_uri)$/);
  });

  it('oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported: is refused by the response mode of the object itself', async () => {
    const object = { redirect_uri: REDIRECT_URI, response_mode: 'form_post' };
    const { url } = await suite.request({ request: new UnsecuredJWT(object).encode() });
    expect(errorOf(postedBy((await arrive(suite.browser, url)).text))).toBe('request_not_supported');
  });
});

describe('oidcc-config-certification-test-plan', () => {
  it('oidcc-discovery-endpoint-verification: names what there is, and nothing else', async () => {
    const party = await RelyingParty.register(stage);
    const answer = await party.fetch('/.well-known/openid-configuration');
    const found = (await answer.json()) as Record<string, unknown>;
    expect(found).toMatchObject({
      issuer: 'http://portillon.test',
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      claims_parameter_supported: true,
      authorization_response_iss_parameter_supported: true,
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
    });
    const endpoints = Object.entries(found).filter(([name]) => /_endpoint$|^jwks_uri$/.test(name));
    expect(endpoints.length).toBeGreaterThanOrEqual(8);
    for (const [, url] of endpoints) expect(url).toMatch(/^http:\/\/portillon\.test\/oidc\//);
    expect(found).not.toHaveProperty('registration_endpoint');
    const { keys } = (await (await party.fetch('/oidc/jwks')).json()) as { keys: object[] };
    for (const key of keys) expect(key).not.toHaveProperty('d');
  });
});
