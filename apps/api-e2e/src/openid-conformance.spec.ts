import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import {
  type ApplicationChanges,
  follow,
  interactionOf,
  REDIRECT_URI,
  RelyingParty,
} from './harness/relying-party';
import { useStage } from './harness/stage';
import type { Visitor } from './harness/visitor';

/*
 * What the modules of OpenID's conformance suite ask of a provider, under their names, as far as it can be stated without
 * the suite itself. `docs/conformance` has the plans for a run of the suite. Its applications send no PKCE.
 */

const stage = useStage({ environment: { ACCEPT_RISK: 'pkce-off' } });

const isPage = (url: URL) => url.host === 'portillon.test';
const errorOf = (url: URL) => url.searchParams.get('error');

/** An application of the suite: with a secret, and without PKCE. */
function registered(changes: ApplicationChanges = {}): Promise<RelyingParty> {
  return RelyingParty.register(stage, { pkce: 'off', ...changes });
}

/** A request of the suite's, as far as the application: without PKCE, and without what else is named. */
async function leaveWithoutPkce(party: RelyingParty, browser: Visitor, ...names: string[]) {
  const { url, checks } = await party.request();
  for (const name of ['code_challenge', 'code_challenge_method', ...names]) url.searchParams.delete(name);
  const { pkceCodeVerifier: _, ...others } = checks;
  return { checks: others, back: await follow(browser, url) };
}

describe('oidcc-basic-certification-test-plan', () => {
  let party: RelyingParty;
  let browser: Visitor;
  beforeAll(async () => {
    party = await registered({ claimMail: true, claimGroups: true });
    browser = (await stage.signedIn()).browser;
  });

  it('oidcc-server: the code flow gives an ID token that names issuer, audience, person and nonce', async () => {
    const claims = (await party.redeem(await leaveWithoutPkce(party, browser))).claims()!;
    expect(claims).toMatchObject({ iss: 'http://portillon.test', aud: party.id });
    for (const name of ['sub', 'nonce', 'exp', 'iat', 'auth_time', 'acr', 'amr', 'sid'])
      expect(claims).toHaveProperty(name);
    for (const name of ['means', 'code_time']) expect(claims).not.toHaveProperty(name);
  });

  it('oidcc-idtoken-signature: is by a key of the JWKS, named by its kid', async () => {
    const { id_token } = await party.enter(browser);
    const keys = createRemoteJWKSet(new URL(`${stage.server.url}/oidc/jwks`));
    const { protectedHeader } = await jwtVerify(id_token!, keys, { audience: party.id });
    expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
  });

  it('oidcc-idtoken-unsigned: is not offered', async () => {
    const answer = await party.fetch('/.well-known/openid-configuration');
    const { id_token_signing_alg_values_supported: algs } = (await answer.json()) as Record<string, string[]>;
    expect(algs).not.toContain('none');
  });

  it('oidcc-response-type-missing: is answered with an error at the application', async () => {
    const { url } = await party.request();
    url.searchParams.delete('response_type');
    expect(errorOf(await follow(browser, url))).toBe('invalid_request');
  });

  it.each([
    ['oidcc-userinfo-get', 'GET', 'header'],
    ['oidcc-userinfo-post-header', 'POST', 'header'],
    ['oidcc-userinfo-post-body', 'POST', 'body'],
  ])('%s: the person is the one of the ID token', async (_, method, place) => {
    const tokens = await party.enter(browser);
    const form = new URLSearchParams({ access_token: tokens.access_token });
    const proof =
      place === 'body' ? { body: form } : { headers: { authorization: `Bearer ${tokens.access_token}` } };
    const answer = await party.fetch('/oidc/userinfo', { method, ...proof });
    expect(await answer.json()).toMatchObject({ sub: tokens.claims()!.sub });
  });

  it('oidcc-ensure-request-without-nonce-succeeds-for-code-flow', async () => {
    const { back, checks } = await leaveWithoutPkce(party, browser, 'nonce');
    const { expectedNonce: _, ...others } = checks;
    const tokens = await party.redeem({ back, checks: others });
    expect(tokens.claims()).not.toHaveProperty('nonce');
  });

  it.each([
    ['oidcc-scope-profile', 'openid profile', ['name', 'preferred_username', 'locale']],
    ['oidcc-scope-email', 'openid email', ['email', 'email_verified']],
    ['oidcc-scope-all', 'openid profile email address phone', ['name', 'email']],
    ['oidcc-scope-address', 'openid address', ['sub']],
    ['oidcc-scope-phone', 'openid phone', ['sub']],
    ['scopes of our own', 'openid groups structure', ['groups', 'structure']],
    ['oidcc-ensure-other-scope-order-succeeds', 'profile openid', ['name']],
  ])('%s: the claims of the scope are there, and never a phone or an address', async (_, scope, names) => {
    const tokens = await party.enter(browser, { scope });
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const claims = await (await party.fetch('/oidc/userinfo', { headers })).json();
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
    ['oidcc-max-age-10000', { max_age: '10000' }],
  ])('%s', async (_, parameters) => {
    const claims = (await party.enter(browser, parameters as Record<string, string>)).claims()!;
    expect(claims).toMatchObject({ acr: 'eidas1', auth_time: expect.any(Number) });
  });

  it('oidcc-prompt-login: who is signed in is asked again', async () => {
    await stage.server.advance(2_000);
    const { back } = await party.leave(browser, { prompt: 'login' });
    expect(isPage(back)).toBe(true);
    const path = `/api/oidc/interactions/${interactionOf(back)}/details`;
    expect((await browser.get(path)).body).toMatchObject({ prompt: 'step-up' });
  });

  it('oidcc-prompt-none-not-logged-in: no page is shown, the application gets an error', async () => {
    const { back } = await party.leave(stage.visitor(), { prompt: 'none' });
    expect(errorOf(back)).toBe('login_required');
  });

  it('oidcc-prompt-none-logged-in: the same person, without a page', async () => {
    const [first, second] = [await party.enter(browser), await party.enter(browser, { prompt: 'none' })];
    expect(second.claims()!.sub).toBe(first.claims()!.sub);
  });

  it('oidcc-max-age-1: a proof of two seconds ago is not enough', async () => {
    await stage.server.advance(2_000);
    const { back } = await party.leave(browser, { max_age: '1' });
    expect(isPage(back)).toBe(true);
  });

  it('oidcc-id-token-hint: the person of an earlier ID token is let in', async () => {
    const { id_token: hint } = await party.enter(browser);
    const { back } = await party.leave(browser, { prompt: 'none', id_token_hint: hint! });
    expect(back.searchParams.has('code')).toBe(true);
  });

  it('oidcc-login-hint: the page fills in whom the application expects', async () => {
    const newcomer = stage.visitor();
    const { back } = await party.leave(newcomer, { login_hint: 'claire.martin' });
    const path = `/api/oidc/interactions/${interactionOf(back)}/details`;
    expect((await newcomer.get(path)).body).toMatchObject({ loginHint: 'claire.martin' });
  });

  it.each([
    ['oidcc-codereuse', 0],
    ['oidcc-codereuse-30seconds', 30_000],
  ])('%s: a code is good once, and its tokens end when it comes again', async (_, later) => {
    const way = await party.leave(browser);
    const tokens = await party.redeem(way);
    if (later > 0) await stage.server.advance(later);
    await expect(party.redeem(way)).rejects.toMatchObject({ error: 'invalid_grant' });
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    expect((await party.fetch('/oidc/userinfo', { headers })).status).toBe(401);
  });

  it.each([
    ['another path', `${REDIRECT_URI}/more`],
    ['a query', `${REDIRECT_URI}?a=b`],
    ['a longer host', 'https://orientation.test.evil.test/retour'],
  ])(
    'oidcc-ensure-registered-redirect-uri: %s leads to a page of ours, not there',
    async (_, redirect_uri) => {
      const { url } = await party.request({ redirect_uri });
      const answer = await party.fetch(`${url.pathname}${url.search}`);
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
      expect(await answer.text()).toContain('invalid_redirect_uri');
    },
  );

  it('oidcc-ensure-post-request-succeeds: a request sent as a form', async () => {
    const { url } = await party.request();
    const answer = await party.fetch(url.pathname, { method: 'POST', body: url.searchParams });
    expect(answer.status).toBe(303);
    const page = await follow(stage.visitor(), answer.headers.get('location')!);
    expect(interactionOf(page)).toEqual(expect.any(String));
  });

  it('oidcc-server-client-secret-post: the secret in the body', async () => {
    const other = await registered({ authMethod: 'client_secret_post' });
    expect((await other.enter(browser)).claims()).toMatchObject({ aud: other.id });
  });

  it('oidcc-claims-essential: a name that is asked for by name is given at userinfo', async () => {
    const claims = JSON.stringify({ userinfo: { name: { essential: true } } });
    const tokens = await party.enter(browser, { scope: 'openid', claims });
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const given = await (await party.fetch('/oidc/userinfo', { headers })).json();
    expect(given).toMatchObject({ name: expect.any(String) });
    for (const name of ['preferred_username', 'locale', 'email']) expect(given).not.toHaveProperty(name);
    expect(tokens.claims()).not.toHaveProperty('name');
  });

  it.each([
    'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported',
    'oidcc-ensure-request-object-with-redirect-uri',
  ])('%s: is refused as unsupported', async () => {
    const { back } = await party.leave(browser, { request: 'eyJhbGciOiJub25lIn0.e30.' });
    expect(errorOf(back)).toBe('request_not_supported');
  });

  it('oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported: no address is fetched', async () => {
    const { url } = await party.request({ request_uri: 'https://orientation.test/request.jwt' });
    expect(errorOf(await follow(browser, url))).toMatch(/^(request_uri_not_supported|invalid_request_uri)$/);
  });

  it('oidcc-refresh-token: gives new tokens, and another refresh token', async () => {
    const { refresh_token: first } = await party.enter(browser);
    const next = await client.refreshTokenGrant(party.configuration, first!);
    expect(next.refresh_token).not.toBe(first);
    expect(next.claims()).toMatchObject({ aud: party.id });
  });

  it('oidcc-ensure-request-with-valid-pkce-succeeds', async () => {
    expect((await party.enter(browser)).claims()).toMatchObject({ aud: party.id });
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
