import { describePsc, newNationalId } from '../harness/services/psc-stage';

const REJECTED = '/connexion?erreur=identity.rejected';
const AGAIN = '/connexion?erreur=sign-in.required';
const MINUTE = 60_000;

describePsc('the way back from PSC', (psc) => {
  it('is taken once', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const back = await psc.wayBack(visitor, claire.id);
    const thief = visitor.copy();
    await visitor.get(back);
    expect((await thief.get(back)).headers.location).toBe(AGAIN);
    expect((await thief.get('/api/session')).outcome).toBe('401 session.required');
    expect(await psc.journal()).toMatchObject({ reason: 'replayed-state' });
  });

  it('is taken once of sixteen at the same time', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const back = await psc.wayBack(visitor, claire.id);
    const asked = await psc.provider.asked('token');
    const answers = await Promise.all(Array.from({ length: 16 }, () => visitor.copy().get(back)));
    const places = answers.map((one) => one.headers.location);
    expect(places.filter((one) => one === '/')).toHaveLength(1);
    expect(places.filter((one) => one === AGAIN)).toHaveLength(15);
    expect(await psc.provider.asked('token')).toBe(asked + 1);
  });

  it('is used up by a sign-in that PSC refuses, and by one whose account is unknown', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const back = await psc.wayBack(visitor, claire.id);
    await psc.provider.be({ idToken: { alg: 'none' } });
    expect((await visitor.get(back)).headers.location).toBe(REJECTED);
    await psc.provider.be();
    expect((await visitor.get(back)).headers.location).toBe(AGAIN);
    await psc.provider.knows('unknown', { SubjectNameID: newNationalId() });
    const stranger = psc.visitor();
    const way = await psc.wayBack(stranger, 'unknown');
    expect((await stranger.get(way)).headers.location).toBe('/connexion?erreur=account.not-linked');
    expect((await stranger.get(way)).headers.location).toBe(AGAIN);
    const used = await psc.stage.database.row<{ n: number }>('SELECT COUNT(*) AS n FROM pscRequest');
    expect(Number(used!.n)).toBeGreaterThanOrEqual(2);
  });

  it('is not taken in another browser, nor with the state of another, and the first may go on', async () => {
    const claire = await psc.professional();
    const [victim, attacker] = [psc.visitor(), psc.visitor()];
    const planted = await psc.wayBack(attacker, claire.id);
    await psc.leave(victim);
    expect((await victim.get(planted)).headers.location).toBe(AGAIN);
    expect(await psc.journal()).toMatchObject({ reason: 'other-browser' });
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

  it('continues in two tabs of one browser', async () => {
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
    expect(await psc.journal()).toMatchObject({ reason: 'expired-state' });
  });
});
