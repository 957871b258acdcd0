import { describePsc, newNationalId, PscStage } from './harness/psc-stage';
import { Mood, ProviderBrowser } from './harness/psc-provider';

const REJECTED = '/connexion?erreur=identity.rejected';
const UNAVAILABLE = '/connexion?erreur=means.unavailable';
const AGAIN = '/connexion?erreur=sign-in.required';
const MINUTE = 60_000;

const seconds = (shift: number) => Math.floor(Date.now() / 1_000) + shift;

describePsc('a provider that is not to be believed', (psc) => {
  it.each<[string, Mood]>([
    ['an id_token with no algorithm', { idToken: { alg: 'none' } }],
    ['an id_token signed with our own secret', { idToken: { alg: 'HS256' } }],
    ['an id_token signed with a key that PSC does not publish', { idToken: { foreignKey: true } }],
    ['another nonce', { idToken: { claims: { nonce: 'another' } } }],
    ['no nonce', { idToken: { without: ['nonce'] } }],
    ['another issuer', { idToken: { claims: { iss: 'https://evil.example' } } }],
    ['the id_token of another client', { idToken: { claims: { aud: 'another' } } }],
    [
      'two audiences and another authorized party',
      { idToken: { claims: { aud: ['portillon', 'x'], azp: 'x' } } },
    ],
    ['another authorized party alone', { idToken: { claims: { azp: 'x' } } }],
    ['two audiences and no authorized party', { idToken: { claims: { aud: ['portillon', 'x'] } } }],
    ['an id_token that has expired', { idToken: { claims: { exp: seconds(-120), iat: seconds(-600) } } }],
    ['no expiry', { idToken: { without: ['exp'] } }],
    ['a weaker acr', { idToken: { claims: { acr: 'eidas0' } } }],
    ['no acr', { idToken: { without: ['acr'] } }],
    ['no subject', { idToken: { without: ['sub'] } }],
    ['the userinfo of another person', { userinfo: { claims: { sub: 'somebody-else' } } }],
    ['a signed userinfo with no algorithm', { userinfo: { signed: { alg: 'none' } } }],
    ['a signed userinfo of a foreign key', { userinfo: { signed: { foreignKey: true } } }],
    ['a signed userinfo for another client', { audience: 'another', userinfo: { signed: {} } }],
    [
      'a signed userinfo of another issuer',
      { userinfo: { signed: {}, claims: { iss: 'https://evil.example' } } },
    ],
    ['no national id', { userinfo: { claims: { SubjectNameID: '', otherIds: [] } } }],
    ['a national id that is none', { userinfo: { claims: { SubjectNameID: "' OR 1=1" } } }],
    ['a list in the place of the national id', { userinfo: { claims: { SubjectNameID: ['8', '9'] } } }],
  ])('lets nobody in with %s', async (_, mood) => {
    const claire = await psc.professional();
    expect(await psc.signInWhile(mood, claire)).toBe(REJECTED);
    expect(await psc.journal()).toMatchObject({ name: 'authn_login_fail', outcome: 'FAILURE' });
  });

  it.each<[string, Mood]>([
    ['the token endpoint is down', { down: ['token'] }],
    ['userinfo is down', { down: ['userinfo'] }],
    ['the token endpoint is slow', { delay: { token: 6_000 } }],
  ])('says so when %s, and the password still works', async (_, mood) => {
    const claire = await psc.professional();
    expect(await psc.signInWhile(mood, claire)).toBe(UNAVAILABLE);
    expect((await claire.signIn(psc.visitor())).body.status).toBe('signed-in');
  });

  it('may change its keys at any time', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    await psc.signIn(visitor, claire.id);
    const back = await psc.wayBack(psc.visitor(), claire.id);
    expect(back).toContain('code=');
    for (const turn of [1, 2]) {
      await psc.provider.rotateKeys();
      const other = psc.visitor();
      await psc.signIn(other, claire.id);
      expect([turn, (await other.get('/api/session')).outcome]).toEqual([turn, '200']);
    }
  });

  it('may sign userinfo', async () => {
    const claire = await psc.professional();
    expect(await psc.signInWhile({ userinfo: { signed: {} } }, claire)).toBe('signed in');
  });

  it('may be half a minute off', async () => {
    const claire = await psc.professional();
    const late = { idToken: { claims: { exp: seconds(-10), iat: seconds(-300) } } };
    expect(await psc.signInWhile(late, claire)).toBe('signed in');
  });
});

describePsc('the way back from PSC', (psc) => {
  it('is taken once', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const back = await psc.wayBack(visitor, claire.id);
    const thief = visitor.copy();
    await visitor.get(back);
    expect((await thief.get(back)).headers.location).toBe(AGAIN);
    expect((await thief.get('/api/session')).outcome).toBe('401 session.required');
    expect(await psc.journal()).toMatchObject({ reason: 'replayed state' });
  });

  it('is taken once of sixteen at the same time', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const back = await psc.wayBack(visitor, claire.id);
    const answers = await Promise.all(Array.from({ length: 16 }, () => visitor.copy().get(back)));
    const places = answers.map((one) => one.headers.location);
    expect(places.filter((one) => one === '/')).toHaveLength(1);
    expect(places.filter((one) => one === AGAIN)).toHaveLength(15);
  });

  it('is not taken in another browser, nor with the state of another, and the first may go on', async () => {
    const claire = await psc.professional();
    const [victim, attacker] = [psc.visitor(), psc.visitor()];
    const planted = await psc.wayBack(attacker, claire.id);
    await psc.leave(victim);
    expect((await victim.get(planted)).headers.location).toBe(AGAIN);
    expect(await psc.journal()).toMatchObject({ reason: 'other browser' });
    expect((await psc.visitor().get(planted)).headers.location).toBe(AGAIN);
    expect((await attacker.get(planted)).headers.location).toBe('/');
  });

  it('is not taken with the code of another sign-in', async () => {
    const [claire, paul] = [await psc.professional(), await psc.professional()];
    const visitor = psc.visitor();
    const own = new URL(await psc.wayBack(visitor, claire.id), 'http://x');
    const other = new URL(await psc.wayBack(psc.visitor(), paul.id), 'http://x');
    own.searchParams.set('code', other.searchParams.get('code')!);
    expect((await visitor.get(own.pathname + own.search)).headers.location).toBe(REJECTED);
    expect((await visitor.get('/api/session')).outcome).toBe('401 session.required');
  });

  it.each([
    ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
    ['no issuer', (url: URL) => url.searchParams.delete('iss')],
    ['two codes', (url: URL) => url.searchParams.append('code', 'x')],
    ['an error of the request', (url: URL) => url.searchParams.set('error', 'invalid_request')],
  ])('is not taken with %s', async (_, change) => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const back = new URL(await psc.wayBack(visitor, claire.id), 'http://x');
    change(back);
    expect((await visitor.get(back.pathname + back.search)).headers.location).toBe(REJECTED);
  });

  it.each([
    '',
    '?',
    '?state=',
    '?code=x',
    `?state=${'x'.repeat(5_000)}`,
    '?state=%00&code=%ff',
    '?state=a&state=b',
  ])('leads back to the sign-in page with %s', async (query) => {
    const visitor = psc.visitor();
    await psc.leave(visitor);
    const { status, headers } = await visitor.get(`/api/sign-in/pro-sante-connect/callback${query}`);
    expect([status, headers.location]).toEqual([302, AGAIN]);
  });

  it('goes on in two tabs of one browser', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const [one, other] = [
      await psc.wayBack(visitor, claire.id),
      await psc.wayBack(visitor, claire.id, '/mon-compte'),
    ];
    const twin = visitor.copy();
    expect((await visitor.get(one)).headers.location).toBe('/');
    expect((await twin.get(other)).headers.location).toBe('/mon-compte');
  });

  it.each([
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/%0d%0aSet-Cookie:x=1/..//evil.example',
    '/..//evil.example',
    '/api/session',
    '/connexion',
    'x'.repeat(3_000),
  ])('never leads to %s', async (returnTo) => {
    const claire = await psc.professional();
    const place = (await psc.signIn(psc.visitor(), claire.id, returnTo)).headers.location!;
    expect(new URL(place, 'http://portillon.test').origin).toBe('http://portillon.test');
    expect(place).toMatch(/^\/(?![/\\])/);
    expect(place).not.toMatch(/^\/(api|connexion)|evil\.example$(?<!%0d.*)/);
  });

  it('comes too late after a quarter of an hour', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const back = await psc.wayBack(visitor, claire.id);
    await psc.stage.server.advance(15 * MINUTE);
    expect((await visitor.get(back)).headers.location).toBe(AGAIN);
    expect(await psc.journal()).toMatchObject({ reason: 'expired state' });
  });
});

describePsc('the account', (psc) => {
  const refused = async (person: string, from: PscStage = psc) => {
    const visitor = from.visitor();
    const place = (await from.signIn(visitor, person)).headers.location;
    expect((await visitor.get('/api/session')).outcome).toBe('401 session.required');
    return place;
  };
  const NOT_LINKED = '/connexion?erreur=account.not-linked';

  it('is not found by its mail, nor by its user name, and none is made', async () => {
    const claire = await psc.professional();
    await psc.provider.knows('usurper', {
      SubjectNameID: newNationalId(),
      email: claire.email,
      email_verified: true,
      preferred_username: claire.username,
    });
    const count = () => psc.stage.database.row('SELECT COUNT(*) AS n FROM account');
    const before = await count();
    expect(await refused('usurper')).toBe(NOT_LINKED);
    expect(await psc.journal()).toMatchObject({ reason: 'unknown', accountId: null });
    expect(await count()).toEqual(before);
  });

  it('is not found by the subject', async () => {
    const claire = await psc.professional();
    await psc.provider.knows(`${claire.id}-two`, { SubjectNameID: newNationalId() });
    expect(await refused(`${claire.id}-two`)).toBe(NOT_LINKED);
  });

  it.each(['DEACTIVATED', 'INVITED'])(
    'lets nobody in when it is %s, several activities or not',
    async (status) => {
      const claire = await psc.professional();
      const several = { exercices: [{ activities: [{}, {}] }] };
      const paul = await psc.professional({ SubjectRefPro: several });
      for (const person of [claire, paul]) {
        await psc.stage.database.execute('UPDATE account SET status = ? WHERE id = ?', [status, person.id]);
        expect(await refused(person.id)).toBe(NOT_LINKED);
        expect(await psc.journal()).toMatchObject({ reason: status.toLowerCase(), accountId: person.id });
      }
    },
  );

  it('lets nobody in who was deactivated before the choice of an activity', async () => {
    const claire = await psc.professional({ SubjectRefPro: { exercices: [{ activities: [{}, {}] }] } });
    const visitor = psc.visitor();
    await psc.signIn(visitor, claire.id);
    await psc.stage.database.execute("UPDATE account SET status = 'DEACTIVATED' WHERE id = ?", [claire.id]);
    const answer = await visitor.post('/api/sign-in/pro-sante-connect/activity', { activity: '0.1' });
    expect(answer.outcome).toBe('403 account.not-linked');
  });

  it('is entered although its password is locked', async () => {
    const claire = await psc.professional();
    const guesser = psc.visitor();
    for (let turn = 0; turn < 6; turn++) await claire.givePassword(guesser, 'wrong');
    const visitor = psc.visitor();
    await psc.signIn(visitor, claire.id);
    expect((await visitor.get('/api/session')).outcome).toBe('200');
  });

  it.each([
    [
      'an RPPS',
      (id: string) => ({ otherIds: [{ identifiant: id.slice(1), origine: 'RPPS', qualite: 1 }] }),
      newNationalId,
    ],
    [
      'an ADELI',
      (id: string) => ({ otherIds: [{ identifiant: id.slice(1), origine: 'ADELI', qualite: 1 }] }),
      () => `0${newNationalId().slice(1, 10)}`,
    ],
    [
      'a sandbox id',
      (id: string) => ({ SubjectNameID: id }),
      () => `ANS2023112213${newNationalId().slice(1, 9)}`,
    ],
  ])('is found by %s', async (_, claims, idOf) => {
    const claire = await psc.stage.person();
    const nationalId = idOf();
    await psc.stage.database.execute('UPDATE account SET nationalId = ? WHERE id = ?', [
      nationalId,
      claire.id,
    ]);
    await psc.provider.knows(claire.id, claims(nationalId));
    const visitor = psc.visitor();
    await psc.signIn(visitor, claire.id);
    expect((await visitor.get('/api/session')).body.session.account.username).toBe(claire.username);
  });
});

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

  it('goes on to PSC, with the id_token, and comes back signed out of both', async () => {
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
  });

  it('is all of a person’s when PSC names no session of its own, once per token', async () => {
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
    'is not told by the form "%s"',
    async (raw) => {
      expect((await psc.visitor().post(CHANNEL, undefined, { raw, headers })).status).toBe(400);
    },
  );

  it('takes a form there and nowhere else, and none from a page', async () => {
    const form = { raw: 'username=a&password=b', headers };
    expect((await psc.visitor().post('/api/sign-in/password', undefined, form)).outcome).toBe(
      '415 media-type.unsupported',
    );
    const foreign = { raw: 'logout_token=x', headers: { ...headers, origin: 'https://evil.example' } };
    expect((await psc.visitor().post(CHANNEL, undefined, foreign)).outcome).toBe('403 origin.refused');
  });

  it('comes after 30 idle minutes and after 4 hours, whatever PSC says', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    await psc.signIn(visitor, claire.id);
    const { signedInAt, idleExpiresAt, expiresAt } = (await visitor.get('/api/session')).body.session;
    expect(Date.parse(idleExpiresAt) - Date.parse(signedInAt)).toBe(30 * MINUTE);
    expect(Date.parse(expiresAt) - Date.parse(signedInAt)).toBe(240 * MINUTE);
  });
});
