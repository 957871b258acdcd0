import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import * as client from 'openid-client';
import { eventually } from '../harness/server/eventually';
import {
  type ApplicationChanges,
  confirmSignOut,
  RelyingParty,
  signOutForm,
} from '../harness/applications/relying-party';
import { QUICK, useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

/* The logout plans of OpenID's conformance suite, as `openid-conformance.spec.ts` has the others. */

const AFTER = 'https://orientation.test/au-revoir';
const stage = useStage({ environment: { ...QUICK.environment, OUTBOUND_ALLOW: 'localhost' } });

async function arrived(changes: ApplicationChanges = {}) {
  const party = await RelyingParty.register(stage, changes);
  const { browser, person } = await stage.signedIn();
  return { party, browser, person };
}

describe('oidcc-rp-initiated-logout-certification-test-plan', () => {
  /** As far as the page that asks, or refuses. */
  async function leave(party: RelyingParty, browser: Visitor, parameters: Record<string, string>) {
    const { pathname } = new URL(party.configuration.serverMetadata().end_session_endpoint!);
    return browser.get(`${pathname}?${new URLSearchParams(parameters)}`);
  }

  async function confirm(browser: Visitor, page: string, logout?: string) {
    const action = new URL(/action="([^"]+)"/.exec(page)![1]!);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)![1]!;
    const raw = new URLSearchParams({ xsrf, ...(logout ? { logout } : {}) }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return browser.post(action.pathname, undefined, { raw, headers });
  }

  const isSignedIn = async (browser: Visitor) => (await browser.get('/api/session')).status === 200;

  it('oidcc-rp-initiated-logout-discovery-endpoint-verification: names the address of sign-outs', async () => {
    const { party } = await arrived();
    expect(party.configuration.serverMetadata().end_session_endpoint).toBe(
      'http://portillon.test/oidc/logout',
    );
  });

  it('oidcc-rp-initiated-logout-bad-id-token-hint: signed by a stranger, is refused, and the session goes on', async () => {
    const { party, browser } = await arrived();
    const { sub, sid } = (await party.enter(browser)).claims()!;
    const { privateKey } = await generateKeyPair('RS256');
    const claims = { sub, sid, iss: 'http://portillon.test', aud: party.id };
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
    const page = await leave(party, browser, { id_token_hint: forged, post_logout_redirect_uri: AFTER });
    expect([page.status, page.headers.location]).toEqual([400, undefined]);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it.each([
    ['oidcc-rp-initiated-logout', { state: 'abc' }, `${AFTER}?state=abc`],
    ['oidcc-rp-initiated-logout-no-state', {}, AFTER],
  ])('%s: back to the registered address, signed out', async (_, more, expected) => {
    const { party, browser } = await arrived();
    const { id_token } = await party.enter(browser);
    const asked = { id_token_hint: id_token!, post_logout_redirect_uri: AFTER, ...more };
    const page = await leave(party, browser, asked as Record<string, string>);
    const answer = await confirm(browser, page.text, 'yes');
    expect(answer.headers.location).toBe(expected);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it.each([
    ['oidcc-rp-initiated-logout-no-params', () => ({})],
    ['oidcc-rp-initiated-logout-only-state', () => ({ state: 'abc' })],
    [
      'oidcc-rp-initiated-logout-no-post-logout-redirect-uri',
      (hint: string) => ({ id_token_hint: hint, state: 'abc' }),
    ],
    ['oidcc-rp-initiated-logout-no-id-token-hint', () => ({ post_logout_redirect_uri: AFTER })],
  ])('%s: never leaves for an address, and ends at a page of ours', async (_, parameters) => {
    const { party, browser } = await arrived();
    const { id_token } = await party.enter(browser);
    const page = await leave(party, browser, parameters(id_token!) as Record<string, string>);
    expect(await isSignedIn(browser)).toBe(true);
    if (page.status >= 400) return;
    const answer = await confirm(browser, page.text, 'yes');
    expect(answer.headers.location ?? '').not.toContain('orientation.test');
    expect(await isSignedIn(browser)).toBe(false);
  });

  it.each([
    ['oidcc-rp-initiated-logout-bad-post-logout-redirect-uri', 'https://orientation.test/ailleurs'],
    ['oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri', `${AFTER}?foo=bar`],
  ])('%s: is refused, and the session goes on', async (_, after) => {
    const { party, browser } = await arrived();
    const { id_token } = await party.enter(browser);
    const page = await leave(party, browser, { id_token_hint: id_token!, post_logout_redirect_uri: after });
    expect([page.status, page.headers.location]).toEqual([400, undefined]);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('oidcc-rp-initiated-logout-modified-id-token-hint: is refused, and the session goes on', async () => {
    const { party, browser } = await arrived();
    const { id_token } = await party.enter(browser);
    const [head, body, signature] = id_token!.split('.');
    const changed = `${head}.${body}.${signature!.startsWith('A') ? 'B' : 'A'}${signature!.slice(1)}`;
    const page = await leave(party, browser, { id_token_hint: changed, post_logout_redirect_uri: AFTER });
    expect([page.status, page.headers.location]).toEqual([400, undefined]);
    expect(await isSignedIn(browser)).toBe(true);
  });
});

describe('oidcc-backchannel-rp-initiated-logout-certification-test-plan', () => {
  const received: string[] = [];
  const receiver = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => received.push(chunk.toString()));
    request.on('end', () => response.end());
  });
  beforeAll(() => new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening)));
  afterAll(() => {
    receiver.closeAllConnections();
    receiver.close();
  });

  it('oidcc-backchannel-logout-discovery-endpoint-verification: says that it is there, with sid', async () => {
    const { party } = await arrived();
    expect(party.configuration.serverMetadata()).toMatchObject({
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
    });
  });

  it('oidcc-backchannel-rp-initiated-logout: a signed logout token of this session reaches the application', async () => {
    const { port } = receiver.address() as AddressInfo;
    const { party, browser, person } = await arrived({
      backchannelLogoutUri: `http://localhost:${port}/logout`,
    });
    const { sid } = (await party.enter(browser)).claims()!;
    await browser.delete('/api/session');
    const body = await eventually('the logout token', () => received[0]);
    const keys = createRemoteJWKSet(new URL(`${stage.server.url}/oidc/jwks`));
    const { payload } = await jwtVerify(new URLSearchParams(body).get('logout_token')!, keys, {
      issuer: 'http://portillon.test',
      audience: party.id,
      typ: 'logout+jwt',
      requiredClaims: ['iat', 'exp', 'jti'],
    });
    expect(payload).toMatchObject({ sid, sub: person.id });
    expect(payload['events']).toEqual({ 'http://schemas.openid.net/event/backchannel-logout': {} });
    expect(payload).not.toHaveProperty('nonce');
  });
});

describe('the page of a sign-out', () => {
  it('signs out at the request of an application that proves which session it means', async () => {
    const { party, browser } = await arrived();
    const tokens = await party.enter(browser);
    const url = client.buildEndSessionUrl(party.configuration, {
      id_token_hint: tokens.id_token!,
      post_logout_redirect_uri: AFTER,
      state: 'bye',
    });
    const page = await browser.get(`${url.pathname}${url.search}`);
    expect(page.headers['content-security-policy']).toContain("form-action 'self' https://orientation.test");
    const after = await confirmSignOut(browser, page.text);
    expect(after.headers.location).toBe(`${AFTER}?state=bye`);
    expect(after.headers['clear-site-data']).toBe('"cache"');
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
  });

  it('does not sign out a person whom another site sends here', async () => {
    const { party, browser } = await arrived();
    await party.enter(browser);
    const page = await browser.get('/oidc/logout');
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('<script>');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const forged = { raw: 'xsrf=guess&logout=yes', headers: form };
    expect((await browser.post('/oidc/logout/confirm', undefined, forged)).status).toBe(400);
    const foreign = { raw: signOutForm(page.text), headers: { ...form, origin: 'https://evil.test' } };
    expect((await browser.post('/oidc/logout/confirm', undefined, foreign)).outcome).toBe(
      '403 origin.refused',
    );
    expect((await browser.get('/api/session')).status).toBe(200);
    const typed = { ...foreign, headers: { ...foreign.headers, accept: 'text/html' } };
    const refusal = await browser.post('/oidc/logout/confirm', undefined, typed);
    expect(refusal.status).toBe(403);
    expect(refusal.text).toContain('Cette demande ne peut pas aboutir');
    expect((await browser.get('/api/session')).status).toBe(200);
  });

  it('shows that they are signed out to a user who answers twice or after the session', async () => {
    const { party, browser } = await arrived();
    const tokens = await party.enter(browser);
    const url = client.buildEndSessionUrl(party.configuration, {
      id_token_hint: tokens.id_token!,
      post_logout_redirect_uri: AFTER,
    });
    const page = await browser.get(`${url.pathname}${url.search}`);
    expect(page.text).toContain('<noscript><button');
    const second = browser.copy();
    await confirmSignOut(browser, page.text);
    expect((await confirmSignOut(second, page.text)).text).toContain('Vous êtes déconnecté');

    const late = await browser.get(`${url.pathname}${url.search}`);
    // Else a browser names no origin when this page of the library's sends its form, which is then refused.
    expect(late.headers['referrer-policy']).toBe('same-origin');
    const after = await confirmSignOut(browser, late.text);
    expect(after.headers.location).toBe(AFTER);
  });
});
