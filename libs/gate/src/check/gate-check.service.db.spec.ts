import { issueToken } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { altered, describeOnEveryEngine, statementsOf } from '@portillon/testing';
import { CLAIRE, GATE_PARTS, GateFixture, requestTo } from '../testing/gate.fixture';
import { callbackOf } from '../sign-in/own-pages';

describeOnEveryEngine('a check of the gate', GATE_PARTS, (database) => {
  let fixture: GateFixture;

  beforeEach(async () => {
    await database.empty();
    fixture = await GateFixture.on(database.dataSource);
    await fixture.addClaire();
    await fixture.addApplication('app', {}, [{ paths: ['/admin'], roles: ['structure-admin'] }, {}]);
    await fixture.openSession('session');
  });

  const inOne = (work: Parameters<Transactions['run']>[0]) => database.transactions.run(work);
  const verdict = async (path: string, cookie?: string, changes = {}, server = fixture) => {
    const decision = await server.checks.check(requestTo(path, changes), cookie);
    return decision.status === 'forbidden' ? decision.reason : decision.status;
  };

  it('reads the person, the application and its rules in their order', async () => {
    const cookie = await fixture.cookieFor('app', 'session');
    expect(await fixture.checks.check(requestTo('/dossiers'), cookie)).toMatchObject({
      status: 'admitted',
      proof: { acr: 'eidas1', amr: ['pwd', 'mail'] },
      application: { id: 'app', claimNames: true, redirectUris: [callbackOf('https://app.example')] },
      person: { email: '', session: { id: 'session', principal: { roles: ['professional'] } } },
    });
    expect(await verdict('/admin/users', cookie)).toBe('role');
  });

  it('reads the address of the person where the application receives it', async () => {
    await fixture.change('application', 'app', { claimMail: true });
    const cookie = await fixture.cookieFor('app', 'session');
    const decision = await fixture.checks.check(requestTo('/'), cookie);
    expect(decision).toMatchObject({ person: { email: CLAIRE.email } });
  });

  it('reads each table once for 32 concurrent requests to one application', async () => {
    const cookies: string[] = [];
    for (let person = 0; person < 32; person++) {
      await fixture.openSession(`session-${person}`);
      cookies.push(await fixture.cookieFor('app', `session-${person}`));
    }
    const found: string[] = [];
    const asked = await statementsOf(database.dataSource, async () =>
      found.push(...(await Promise.all(cookies.map((cookie) => verdict('/', cookie))))),
    );
    expect(new Set(found)).toEqual(new Set(['admitted']));
    const tables = asked.map((text) => /FROM ["`](\w+)["`]/.exec(text)?.[1]);
    expect(tables.sort()).toEqual(['application', 'gateRule', 'gateSession', 'session']);
  });

  it('reads no more for a cookie of nothing than for one that is good, and writes nothing', async () => {
    const good = await fixture.cookieFor('app', 'session');
    const asked = (cookie: string) => statementsOf(database.dataSource, () => verdict('/', cookie));
    const [guest, stranger] = [await asked(good), await asked(issueToken(fixture.random).value)];
    expect(stranger.length).toBeLessThanOrEqual(guest.length);
    expect(new Set(stranger.map((text) => text.split(' ')[0]))).toEqual(new Set(['SELECT']));
  });

  it('notes when the first request came and which proxy asked, and writes nothing after it', async () => {
    await fixture.change('application', 'app', { firstSeenAt: null, seenFrom: null });
    const asked = () => statementsOf(database.dataSource, () => verdict('/'));
    const writes = async () => (await asked()).filter((text) => text.startsWith('UPDATE')).length;
    const seen = () => fixture.applications.get('app');
    expect([await writes(), await writes()]).toEqual([1, 0]);
    expect(await seen()).toMatchObject({
      firstSeenAt: fixture.clock.now(),
      seenFrom: '10.0.0.2',
      version: 1,
    });
    const first = fixture.clock.now();
    fixture.clock.advance(60_000);
    await fixture.applications.recordFirstRequest('app', '10.0.0.9');
    expect(await seen()).toMatchObject({ firstSeenAt: first, seenFrom: '10.0.0.2' });
  });

  it('logs an unknown proxy while no request was answered, and not after', async () => {
    await fixture.addApplication('other', {
      redirectUris: [callbackOf('https://other.example')],
      firstSeenAt: null,
      seenFrom: null,
    });
    const recorded = (proxy: string, origin = 'https://other.example') =>
      fixture.checks.recordSuspicious({ origin, proxy });
    const seenFrom = async (id: string) => (await fixture.applications.get(id))!.seenFrom;
    await recorded('::ffff:192.0.2.7');
    await recorded('192.0.2.9', 'https://app.example');
    expect([await seenFrom('other'), await seenFrom('app')]).toEqual(['192.0.2.7', '10.0.0.2']);
    const again = await statementsOf(database.dataSource, () => recorded('192.0.2.7'));
    expect(new Set(again.map((text) => text.split(' ')[0]))).toEqual(new Set(['SELECT']));
    await verdict('/', undefined, { origin: 'https://other.example' });
    await recorded('192.0.2.9');
    expect(await seenFrom('other')).toBe('10.0.0.2');
  });

  it('counts what it answers, by application', async () => {
    const cookie = await fixture.cookieFor('app', 'session');
    for (const path of ['/', '/', '/admin', '/ADMIN']) await verdict(path, cookie);
    await verdict('/');
    await verdict('/', cookie, { origin: 'https://nowhere.example' });
    const text = await fixture.metrics.metrics();
    expect(text.split('\n').filter((line) => line.startsWith('portillon_gate'))).toEqual([
      'portillon_gate_checks_total{application="app",outcome="admitted"} 2',
      'portillon_gate_checks_total{application="app",outcome="forbidden"} 1',
      'portillon_gate_checks_total{application="app",outcome="unreadable"} 1',
      'portillon_gate_checks_total{application="app",outcome="sign-in"} 1',
    ]);
  });

  it.each<[string, string, () => Promise<unknown>]>([
    ['a session that was revoked', 'sign-in', () => fixture.sessions.end('session', 'revoked')],
    [
      'an account that was closed',
      'sign-in',
      () => inOne((tx) => fixture.sessions.endAll('claire', 'deactivated', {}, tx)),
    ],
    [
      'a sign-out of the application',
      'sign-in',
      () => inOne((tx) => fixture.gateSessions.endAt('app', ['session'], tx)),
    ],
    ['a rule that was changed', 'closed', () => fixture.setRules('app', [{ access: 'closed' }])],
    [
      'an application that was disabled',
      'no-application',
      () => fixture.change('application', 'app', { status: 'disabled' }),
    ],
  ])('refuses at the very next request after %s, on another server too', async (_, refusal, happens) => {
    const other = await GateFixture.on(database.dataSource);
    const cookie = await fixture.cookieFor('app', 'session');
    const both = async () => [await verdict('/', cookie), await verdict('/', cookie, {}, other)];
    expect(await both()).toEqual(['admitted', 'admitted']);
    await happens();
    expect(await both()).toEqual([refusal, refusal]);
  });

  it('refuses as unreadable a path that the server behind may read as one of another rule', async () => {
    const cookie = await fixture.cookieFor('app', 'session');
    for (const path of ['/admin.', '/admin::$DATA', '/ADMIN', '/\uff41dmin'])
      expect([path, await verdict(path, cookie)]).toEqual([path, 'unreadable']);
    expect(await verdict('/dossiers/Dr.', cookie)).toBe('admitted');
  });

  it('sends to sign in who has no cookie, or one of nothing', async () => {
    const cookie = await fixture.cookieFor('app', 'session');
    for (const one of [
      undefined,
      '',
      'x',
      altered(cookie),
      `${cookie}x`,
      await fixture.cookieFor('app', 'no-session'),
    ])
      expect([one, await verdict('/', one)]).toEqual([one, 'sign-in']);
  });

  it('sends to sign in at the very next request whose session ended, is idle or is over', async () => {
    const cookie = await fixture.cookieFor('app', 'session');
    await fixture.change('session', 'session', { secretDigest: null });
    expect(await verdict('/', cookie)).toBe('sign-in');
    await fixture.openSession('other');
    const another = await fixture.cookieFor('app', 'other');
    expect(await verdict('/', another)).toBe('admitted');
    fixture.clock.advance(30 * 60_000);
    expect(await verdict('/', another)).toBe('sign-in');
    await fixture.change('session', 'other', { idleExpiresAt: new Date(fixture.clock.now().getTime() + 1) });
    expect(await verdict('/', another)).toBe('admitted');
  });

  it('sends to sign in whose code is late', async () => {
    const cookie = await fixture.cookieFor('app', 'session');
    await fixture.change('session', 'session', { codeValidUntilAt: fixture.clock.now() });
    expect(await verdict('/', cookie)).toBe('sign-in');
  });

  it('goes by the roles, the rules and the application as they are now', async () => {
    const cookie = await fixture.cookieFor('app', 'session');
    expect(await verdict('/', cookie)).toBe('admitted');
    await fixture.setRules('app', [{ roles: ['structure-admin'] }]);
    expect(await verdict('/', cookie)).toBe('role');
    await fixture.setRules('app', []);
    expect(await verdict('/', cookie)).toBe('no-rule');
    await fixture.change('application', 'app', { status: 'disabled' });
    expect(await verdict('/', cookie)).toBe('no-application');
    expect(await verdict('/')).toBe('no-application');
  });

  it('takes the cookie of one application for nothing at another', async () => {
    await fixture.addApplication('other', { redirectUris: [callbackOf('https://other.example')] });
    const cookie = await fixture.cookieFor('app', 'session');
    expect(await verdict('/', cookie, { origin: 'https://other.example' })).toBe('sign-in');
    expect(await verdict('/', await fixture.cookieFor('other', 'session'))).toBe('sign-in');
    expect(await verdict('/', cookie, { origin: 'http://app.example' })).toBe('no-application');
    expect(await verdict('/', cookie, { origin: 'https://app.example:8443' })).toBe('no-application');
  });

  it('opens only the application that holds an origin, though another has its address', async () => {
    await fixture.addApplication('hostile', { structureId: 'clinic' }, [{ access: 'public' }]);
    expect(await verdict('/')).toBe('sign-in');
    await fixture.change('application', 'app', { status: 'disabled' });
    expect(await verdict('/')).toBe('no-application');
  });

  it('takes no application of another kind for one of the gate', async () => {
    await fixture.change('application', 'app', { kind: 'web' });
    expect(await verdict('/')).toBe('no-application');
    expect(await verdict('/', await fixture.cookieFor('app', 'session'))).toBe('no-application');
  });
});
