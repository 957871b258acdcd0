import { concurrently } from '@portillon/testing/servers';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { exportJWK, SignJWT, UnsecuredJWT } from 'jose';
import * as client from 'openid-client';
import { eventually } from '../harness/server/eventually';
import { REDIRECT_URI, RelyingParty } from '../harness/applications/relying-party';
import { useStage } from '../harness/server/stage';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

describe('attacks on the provider', () => {
  const stage = useStage({ environment: { TEST_TURN_MS: '250' } });
  let orientation: RelyingParty;
  let other: RelyingParty;

  beforeAll(async () => {
    orientation = await RelyingParty.register(stage);
    other = await RelyingParty.register(stage);
  });

  /** A request to the token endpoint as it is. */
  async function post(path: string, by: RelyingParty, form: Record<string, string>) {
    const authorization = `Basic ${Buffer.from(`${by.id}:${by.secret}`).toString('base64')}`;
    const body = new URLSearchParams(form).toString();
    const answer = await by.fetch(path, { method: 'POST', headers: { ...FORM, authorization }, body });
    const text = await answer.text();
    return { status: answer.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : {} };
  }

  const refresh = (token: unknown) =>
    post('/oidc/token', orientation, { grant_type: 'refresh_token', refresh_token: String(token) });

  async function codeOf(party: RelyingParty) {
    const { browser } = await stage.signedIn();
    const { back, checks } = await party.leave(browser);
    return {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code')!,
      redirect_uri: REDIRECT_URI,
      code_verifier: checks.pkceCodeVerifier!,
    };
  }

  it('redeem a code sixteen times at once: one is answered', async () => {
    const grant = await codeOf(orientation);
    const { results } = await concurrently(16, () => post('/oidc/token', orientation, grant));
    const [given, ...others] = results.filter(({ status }) => status === 200);
    expect(others).toEqual([]);
    expect((await refresh(given!.body['refresh_token'])).body['error']).toBe('invalid_grant');
    const refused = results.filter(({ status }) => status !== 200).map(({ body }) => body['error']);
    expect(new Set(refused)).toEqual(new Set(['invalid_grant']));
  });

  it('redeem a code again later: its tokens are revoked', async () => {
    const grant = await codeOf(orientation);
    const { body } = await post('/oidc/token', orientation, grant);
    expect((await post('/oidc/token', orientation, grant)).body['error']).toBe('invalid_grant');
    const headers = { authorization: `Bearer ${String(body['access_token'])}` };
    expect((await orientation.fetch('/oidc/userinfo', { headers })).status).toBe(401);
  });

  it('redeem a code as another application, or without its verifier', async () => {
    const grant = await codeOf(orientation);
    expect((await post('/oidc/token', other, grant)).body['error']).toBe('invalid_grant');
    const { code_verifier, ...without } = grant;
    expect((await post('/oidc/token', orientation, without)).body['error']).toBe('invalid_grant');
    const wrong = { ...grant, code_verifier: 'x'.repeat(43) };
    expect((await post('/oidc/token', orientation, wrong)).body['error']).toBe('invalid_grant');
  });

  it('ask without PKCE, or with a plain challenge', async () => {
    const { browser } = await stage.signedIn();
    const ways = [
      (query: URLSearchParams) =>
        ['code_challenge', 'code_challenge_method'].forEach((name) => query.delete(name)),
      (query: URLSearchParams) => query.set('code_challenge_method', 'plain'),
    ];
    for (const change of ways) {
      const { url } = await orientation.request();
      change(url.searchParams);
      const answer = await browser.get(`${url.pathname}${url.search}`);
      const location = new URL(answer.headers.location!);
      expect([location.searchParams.get('error'), location.searchParams.get('code')]).toEqual([
        'invalid_request',
        null,
      ]);
    }
  });

  it.each([
    `${REDIRECT_URI}/`,
    `${REDIRECT_URI}?x=1`,
    'https://orientation.test/retour.evil.test',
    'https://orientation.test@evil.test/retour',
    'https://evil.test',
    '//evil.test',
    'javascript:alert(1)',
  ])('lead the person to %s: a page of ours with the request’s id, and no redirect', async (redirect_uri) => {
    const { browser } = await stage.signedIn();
    const { url } = await orientation.request({ redirect_uri });
    const answer = await browser.get(`${url.pathname}${url.search}`);
    expect([answer.status, answer.headers.location]).toEqual([400, undefined]);
    expect(answer.text).toContain(String(answer.headers['x-request-id']));
    expect(answer.text).not.toContain('evil');
  });

  it('come as an application that is not there, with a script in its name', async () => {
    const answer = await stage.visitor().get(`/oidc/authorize?client_id=${encodeURIComponent('<script>')}`);
    expect([answer.status, answer.headers.location]).toEqual([400, undefined]);
    expect(answer.text).not.toContain('<script>');
  });

  it.each<[string, (back: URLSearchParams) => void]>([
    ['the state of another request', (back) => back.set('state', 'of-another')],
    ['the name of another issuer (mix-up)', (back) => back.set('iss', 'https://evil.test')],
    ['no issuer', (back) => back.delete('iss')],
  ])('bring an answer back with %s: the application’s library takes no code of it', async (_what, change) => {
    const { browser } = await stage.signedIn();
    const way = await orientation.leave(browser);
    expect(way.back.searchParams.get('iss')).toBe('http://portillon.test');
    const honest = new URL(way.back);
    change(way.back.searchParams);
    await expect(orientation.redeem(way)).rejects.toThrow();
    // It was not even asked for: the code is still good.
    await orientation.redeem({ ...way, back: honest });
  });

  it('swap the codes of two requests: neither the verifier nor the nonce is that of the other', async () => {
    const { browser } = await stage.signedIn();
    const [mine, theirs] = [await orientation.leave(browser), await orientation.leave(browser)];
    const swapped = new URL(mine.back);
    swapped.searchParams.set('code', theirs.back.searchParams.get('code')!);
    await expect(orientation.redeem({ ...mine, back: swapped })).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    const { expectedNonce } = theirs.checks;
    const injected = orientation.redeem({ ...mine, checks: { ...mine.checks, expectedNonce } });
    await expect(injected).rejects.toMatchObject({ cause: { cause: { claim: 'nonce' } } });
  });

  it.each([
    'https://localhost/logout',
    'https://127.0.0.1/logout',
    'https://[::ffff:127.0.0.1]/logout',
    'https://169.254.169.254/latest/meta-data',
    'https://[64:ff9b::7f00:1]/logout',
  ])('have a logout token sent to %s: nothing is asked there', async (backchannelLogoutUri) => {
    const party = await RelyingParty.register(stage, { backchannelLogoutUri });
    const { browser } = await stage.signedIn();
    await party.enter(browser);
    await browser.delete('/api/session');
    const sql = 'SELECT failure FROM openidLogoutDelivery WHERE applicationId = ? AND failure IS NOT NULL';
    const tried = await eventually('a try', async () => {
      const rows = await stage.database.rows<{ failure: string }>(sql, [party.id]);
      return rows[0];
    });
    expect(tried.failure).toBe('address-refused');
  });

  it('use a stolen refresh token: the whole family dies', async () => {
    const first = (await post('/oidc/token', orientation, await codeOf(orientation))).body;
    const second = (await refresh(first['refresh_token'])).body;
    expect((await refresh(first['refresh_token'])).body['error']).toBe('invalid_grant');
    expect((await refresh(second['refresh_token'])).body['error']).toBe('invalid_grant');
  });

  it('refresh a token sixteen times at once: one is answered', async () => {
    const { body } = await post('/oidc/token', orientation, await codeOf(orientation));
    const { results } = await concurrently(16, () => refresh(body['refresh_token']));
    const [given, ...others] = results.filter(({ status }) => status === 200);
    expect(others).toEqual([]);
    expect((await refresh(given?.body['refresh_token'])).body['error']).toBe('invalid_grant');
  });

  it('use the pushed request of another application', async () => {
    const { browser } = await stage.signedIn();
    const { url } = await orientation.request();
    const pushed = await post('/oidc/par', orientation, Object.fromEntries(url.searchParams));
    expect(pushed.status).toBe(201);
    const request_uri = String(pushed.body['request_uri']);
    const query = (id: string) =>
      `/oidc/authorize?${new URLSearchParams({ client_id: id, request_uri }).toString()}`;
    const stolen = await browser.get(query(other.id));
    expect(stolen.headers.location ?? '').not.toContain('code=');
    const own = await browser.get(query(orientation.id));
    expect(own.headers.location).toContain('code=');
    expect((await browser.get(query(orientation.id))).headers.location ?? '').not.toContain('code=');
  });

  it('look at, revoke or use the token of another application', async () => {
    const { browser } = await stage.signedIn();
    const { access_token: token, refresh_token } = await orientation.enter(browser);
    expect((await post('/oidc/introspect', other, { token })).body).toEqual({ active: false });
    await post('/oidc/revoke', other, { token });
    expect((await post('/oidc/introspect', orientation, { token })).body['active']).toBe(true);
    const stolen = { grant_type: 'refresh_token', refresh_token: refresh_token! };
    expect((await post('/oidc/token', other, stolen)).body['error']).toBe('invalid_grant');
  });

  it('guess a secret, or send none', async () => {
    const grant = await codeOf(orientation);
    const guess = { ...orientation, secret: other.secret, fetch: orientation.fetch.bind(orientation) };
    expect((await post('/oidc/token', guess as never, grant)).body['error']).toBe('invalid_client');
    const body = new URLSearchParams({ ...grant, client_id: orientation.id }).toString();
    const none = await orientation.fetch('/oidc/token', { method: 'POST', headers: FORM, body });
    expect(((await none.json()) as { error: string }).error).toBe('invalid_client');
  });

  it('forge the assertion of a machine: none, HS256 by the public key, or the same one twice', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
    const machine = await RelyingParty.register(stage, {
      kind: 'service',
      authMethod: 'private_key_jwt',
      redirectUris: [],
      scopes: 'accounts:read',
      jwks: { keys: [jwk] },
    });
    const now = Math.floor(Date.now() / 1000);
    const aud = 'http://portillon.test';
    const claims = { iss: machine.id, sub: machine.id, aud, iat: now, exp: now + 60 };
    const ask = async (client_assertion: string) => {
      const form = { grant_type: 'client_credentials', client_assertion_type: ASSERTION, client_assertion };
      const body = new URLSearchParams({ ...form, scope: 'accounts:read' }).toString();
      const answer = await machine.fetch('/oidc/token', { method: 'POST', headers: FORM, body });
      return (await answer.json()) as Record<string, unknown>;
    };
    const signed = (jti: string, more: object = {}) =>
      new SignJWT({ ...claims, jti, ...more })
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .sign(privateKey);
    const none = new UnsecuredJWT({ ...claims, jti: randomUUID() }).encode();
    const secret = Buffer.from(publicKey.export({ type: 'spki', format: 'pem' }));
    const mac = await new SignJWT({ ...claims, jti: randomUUID() })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(secret);
    const shared = await signed(randomUUID(), { aud: [aud, 'https://evil.test'] });
    for (const forged of [none, mac, shared]) expect((await ask(forged))['error']).toMatch(/^invalid_/);
    const assertion = await signed(randomUUID());
    const { results } = await concurrently(8, () => ask(assertion));
    expect(results.filter((one) => 'access_token' in one)).toHaveLength(1);
  });

  it('write another host into the discovery document', async () => {
    const headers = {
      'x-forwarded-host': 'evil.test',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.test',
    };
    const answer = await orientation.fetch('/.well-known/openid-configuration', { headers });
    const text = await answer.text();
    expect(text).not.toContain('evil');
    expect(JSON.parse(text)).toMatchObject({
      issuer: 'http://portillon.test',
      token_endpoint: 'http://portillon.test/oidc/token',
    });
  });

  it('find a secret or a token in the log or in the database', async () => {
    const { browser } = await stage.signedIn();
    const { back, checks } = await orientation.leave(browser);
    const tokens = await orientation.redeem({ back, checks });
    const secrets = [
      back.searchParams.get('code')!,
      tokens.access_token,
      tokens.refresh_token!,
      orientation.secret,
    ];
    const log = stage.server.lines.join('\n');
    const rows = JSON.stringify(await stage.database.rows('SELECT * FROM openidArtifact'));
    const found = [...secrets, tokens.id_token!].filter((one) => log.includes(one) || rows.includes(one));
    expect(found).toEqual([]);
  });

  it('learn the mobile number by any claim', async () => {
    const { person, browser } = await stage.signedIn();
    await person.setUpPhone(browser);
    const scope = 'openid profile email groups structure pro_sante';
    const party = await RelyingParty.register(stage, {
      claimMail: true,
      claimGroups: true,
      claimsShape: 'psc',
    });
    const tokens = await party.enter(browser, { scope });
    const userinfo = await client.fetchUserInfo(party.configuration, tokens.access_token, person.id);
    expect(userinfo).toMatchObject({ email: person.email, groups: ['professional'] });
    const digits = person.mobile.slice(-8);
    expect(JSON.stringify([userinfo, tokens.claims()])).not.toContain(digits);
  });

  it('find a code lost when the instance that made it is killed: it works, once, at another', async () => {
    const grant = await codeOf(orientation);
    await stage.restart();
    expect((await post('/oidc/token', orientation, grant)).status).toBe(200);
    expect((await post('/oidc/token', orientation, grant)).body['error']).toBe('invalid_grant');
  });
});
