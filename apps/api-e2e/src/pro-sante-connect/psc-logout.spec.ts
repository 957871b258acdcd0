import { ProviderBrowser } from '../harness/services/psc-provider';
import { describePsc } from '../harness/services/psc-stage';
import { confirmSignOut, RelyingParty } from '../harness/applications/relying-party';

const MINUTE = 60_000;
const SIGN_OUT = '/api/sign-in/pro-sante-connect/sign-out';
const RETURN = '/api/oidc/sign-out/return';
const seconds = (shift: number) => Math.floor(Date.now() / 1_000) + shift;

describePsc('the end of a session', (psc) => {
  const CHANNEL = '/api/sign-in/pro-sante-connect/back-channel-logout';
  const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    origin: undefined,
    'sec-fetch-site': undefined,
  };
  const send = (token: string) =>
    psc
      .visitor()
      .post(CHANNEL, undefined, { raw: new URLSearchParams({ logout_token: token }).toString(), headers });
  const claims = (sub: string, more: Record<string, unknown> = {}) => ({
    iss: psc.provider.ready.issuer,
    aud: 'portillon',
    iat: seconds(0),
    exp: seconds(120),
    jti: `${Math.random()}`,
    events: EVENTS,
    sub,
    ...more,
  });

  it('continues to PSC, with the id_token, and returns signed out of both', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const browser = new ProviderBrowser();
    const back = await browser.signIn(await psc.leave(visitor), claire.id);
    await visitor.get(back.pathname + back.search);
    const out = await visitor.delete('/api/session');
    expect(out.outcome).toBe('204');
    const twin = visitor.copy();
    const leave = await visitor.get(out.headers['sign-out-next'] as string);
    const end = new URL(leave.headers.location!);
    expect(end.origin + end.pathname).toBe(`${psc.provider.ready.issuer}/protocol/openid-connect/logout`);
    expect(end.searchParams.get('id_token_hint')).toMatch(/^ey/);
    const home = await browser.signOut(end.href);
    expect(home.href).toBe('http://portillon.test/connexion?state=signed-out');
    expect((await visitor.get('/api/session')).outcome).toBe('401 session.required');
    // The id_token is given once.
    expect((await twin.get(out.headers['sign-out-next'] as string)).headers.location).toBe(
      '/connexion?state=signed-out',
    );
    // And PSC asks who is there again.
    expect((await browser.signIn(await psc.leave(visitor), claire.id)).pathname).toBe(back.pathname);
  });

  /** Signed out at the request of an application, as far as the page that goes on to PSC. */
  async function leaveApplication() {
    const party = await RelyingParty.register(psc.stage);
    const claire = await psc.professional();
    const [visitor, browser] = [psc.visitor(), new ProviderBrowser()];
    const back = await browser.signIn(await psc.leave(visitor), claire.id);
    await visitor.get(back.pathname + back.search);
    const { id_token } = await party.enter(visitor);
    const post_logout_redirect_uri = 'https://orientation.test/au-revoir';
    const asked = new URLSearchParams({ id_token_hint: id_token!, post_logout_redirect_uri, state: 'bye' });
    const page = await visitor.get(`/oidc/logout?${asked}`);
    const gone = await confirmSignOut(visitor, page.text);
    return { claire, visitor, browser, gone, next: /content="0;url=([^"]+)"/.exec(gone.text)?.[1] };
  }

  it('that an application requests also continues to PSC, and returns to the application, once', async () => {
    const { claire, visitor, browser, gone, next } = await leaveApplication();
    expect([gone.status, gone.headers.location, next]).toEqual([
      200,
      undefined,
      `${SIGN_OUT}?state=application`,
    ]);
    expect((await visitor.get('/api/session')).outcome).toBe('401 session.required');
    const end = (await visitor.get(next!)).headers.location!;
    const home = await browser.signOut(end);
    expect(home.href).toBe('http://portillon.test/connexion?state=application');
    const twin = visitor.copy();
    // Another browser knows the address and not the application.
    expect((await psc.visitor().get(RETURN)).headers.location).toBe('/oidc/logout/success');
    const arrived = await visitor.get(RETURN);
    expect([arrived.status, arrived.headers.location]).toEqual([
      303,
      'https://orientation.test/au-revoir?state=bye',
    ]);
    expect((await visitor.get(RETURN)).headers.location).toBe('/oidc/logout/success');
    expect((await twin.get(RETURN)).headers.location).toBe('/oidc/logout/success');
    expect((await browser.signIn(await psc.leave(visitor), claire.id)).pathname).toMatch(/\/callback$/);
  });

  it('that an application requests returns to it even when PSC has no session, or is down', async () => {
    const { visitor, next } = await leaveApplication();
    const twin = visitor.copy();
    await visitor.get(next!);
    expect((await twin.get(next!)).headers.location).toBe('/connexion?state=application');
    expect((await twin.get(RETURN)).headers.location).toBe('https://orientation.test/au-revoir?state=bye');
  });

  it('leads nowhere that its address names', async () => {
    const answer = await psc.visitor().get(`${SIGN_OUT}?state=https://evil.example`);
    expect(answer.headers.location).toBe('/connexion?state=signed-out');
  });

  it('comes from PSC when the person signs out there', async () => {
    const claire = await psc.professional();
    const [visitor, other] = [psc.visitor(), psc.visitor()];
    const browser = new ProviderBrowser();
    const back = await browser.signIn(await psc.leave(visitor), claire.id);
    await visitor.get(back.pathname + back.search);
    await psc.signIn(other, claire.id);
    await browser.signOut(
      `${psc.provider.ready.issuer}/protocol/openid-connect/logout?client_id=portillon&post_logout_redirect_uri=http://portillon.test/connexion`,
    );
    expect((await visitor.get('/api/session')).outcome).toBe('401 session.required');
    expect((await other.get('/api/session')).outcome).toBe('200');
    const line = await psc.journal();
    expect(line).toMatchObject({ name: 'authn_logout', outcome: 'SUCCESS', accountId: claire.id });
    expect(JSON.parse(line.data!)).toMatchObject({ by: 'pro-sante-connect', subject: claire.id });
    const { items } = (await other.get('/api/account/activity')).body as { items: { name: string }[] };
    expect(items[0]).toMatchObject({ name: 'authn_logout', means: 'pro-sante-connect' });
  });

  it('ends all sessions of a person when PSC names none, once per token', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    await psc.signIn(visitor, claire.id);
    const token = await psc.provider.sign(claims(claire.id));
    expect((await send(token)).status).toBe(200);
    expect((await visitor.get('/api/session')).outcome).toBe('401 session.required');
    expect((await send(token)).outcome).toBe('400 identity.rejected');
  });

  it.each<[string, Record<string, unknown>, object?]>([
    ['no algorithm', {}, { alg: 'none' }],
    ['our own secret', {}, { alg: 'HS256' }],
    ['a foreign key', {}, { foreignKey: true }],
    ['another audience', { aud: 'another' }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['a nonce, as an id_token has', { nonce: 'x' }],
    ['no event', { events: {} }],
    ['no id', { jti: undefined }],
    ['an old date', { iat: seconds(-3_600), exp: seconds(3_600) }],
    ['an expiry that is over', { exp: seconds(-120) }],
  ])('is not told by a token with %s', async (_, changes, mood = {}) => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    await psc.signIn(visitor, claire.id);
    const token = await psc.provider.sign(claims(claire.id, changes), mood);
    expect((await send(token)).outcome).toBe('400 identity.rejected');
    expect((await visitor.get('/api/session')).outcome).toBe('200');
  });

  it.each(['', 'logout_token=', 'logout_token=a&logout_token=b', 'x=1', 'logout_token=not-a-token'])(
    'rejects a token of the form "%s"',
    async (raw) => {
      expect((await psc.visitor().post(CHANNEL, undefined, { raw, headers })).status).toBe(400);
    },
  );

  it('accepts a form at this route only, and none from a page', async () => {
    const form = { raw: 'username=a&password=b', headers };
    expect((await psc.visitor().post('/api/sign-in/password', undefined, form)).outcome).toBe(
      '415 media-type.unsupported',
    );
    const foreign = { raw: 'logout_token=x', headers: { ...headers, origin: 'https://evil.example' } };
    expect((await psc.visitor().post(CHANNEL, undefined, foreign)).outcome).toBe('403 origin.refused');
  });

  it('comes after 30 idle minutes and after 4 hours, however often it is renewed', async () => {
    const claire = await psc.professional();
    const [idle, busy] = [psc.visitor(), psc.visitor()];
    await psc.signIn(idle, claire.id);
    await psc.signIn(busy, claire.id);
    const { signedInAt, idleExpiresAt, expiresAt } = (await idle.get('/api/session')).body.session;
    expect(Date.parse(idleExpiresAt) - Date.parse(signedInAt)).toBe(30 * MINUTE);
    expect(Date.parse(expiresAt) - Date.parse(signedInAt)).toBe(240 * MINUTE);
    for (let minutes = 29; minutes < 240; minutes += 29) {
      await psc.stage.server.advance(29 * MINUTE);
      expect([minutes, (await busy.post('/api/session/renew')).outcome]).toEqual([minutes, '200']);
    }
    expect((await idle.get('/api/session')).outcome).toBe('401 session.required');
    await psc.stage.server.advance(8 * MINUTE);
    expect((await busy.get('/api/session')).outcome).toBe('401 session.required');
  });
});
