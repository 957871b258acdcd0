import { altered, describeOnEveryEngine } from '@portillon/testing';
import { CLAIRE, GATE_PARTS, GateBench, requestTo } from '../testing/gate-bench';
import { callbackOf } from '../sign-in/callback-path';

describeOnEveryEngine('a check of the gate', GATE_PARTS, (database) => {
  let bench: GateBench;

  beforeEach(async () => {
    await database.empty();
    bench = new GateBench(database.dataSource);
    await bench.addClaire();
    await bench.addApplication('app', {}, [{ paths: ['/admin'], roles: ['structure-admin'] }, {}]);
    await bench.openSession('session');
  });

  const verdict = async (path: string, cookie?: string, changes = {}) => {
    const decision = await bench.checks.check(requestTo(path, changes), cookie);
    return decision.verdict.status === 'forbidden' ? decision.verdict.reason : decision.verdict.status;
  };

  it('reads the person, the application and its rules in their order', async () => {
    const cookie = await bench.cookieFor('app', 'session');
    const { verdict: found, standing } = await bench.checks.check(requestTo('/dossiers'), cookie);
    expect(found).toMatchObject({ status: 'admitted', proof: { acr: 'eidas1', amr: ['pwd', 'mail'] } });
    expect(standing).toMatchObject({
      application: { id: 'app', claimNames: true, redirectUris: [callbackOf('https://app.example')] },
      rules: [{ paths: ['/admin'] }, { paths: ['/'] }],
      person: { email: CLAIRE.email, session: { id: 'session', principal: { roles: ['professional'] } } },
    });
    expect(await verdict('/admin/users', cookie)).toBe('role');
  });

  it('refuses as unreadable a path that the server behind may read as one of another rule', async () => {
    const cookie = await bench.cookieFor('app', 'session');
    for (const path of ['/admin.', '/admin::$DATA', '/ADMIN', '/\uff41dmin'])
      expect([path, await verdict(path, cookie)]).toEqual([path, 'unreadable']);
    expect(await verdict('/dossiers/Dr.', cookie)).toBe('admitted');
  });

  it('sends to sign in who has no cookie, or one of nothing', async () => {
    const cookie = await bench.cookieFor('app', 'session');
    for (const one of [
      undefined,
      '',
      'x',
      altered(cookie),
      `${cookie}x`,
      await bench.cookieFor('app', 'no-session'),
    ])
      expect([one, await verdict('/', one)]).toEqual([one, 'sign-in']);
  });

  it('sends to sign in at the very next request whose session ended, is idle or is over', async () => {
    const cookie = await bench.cookieFor('app', 'session');
    await bench.change('session', 'session', { secretDigest: null });
    expect(await verdict('/', cookie)).toBe('sign-in');
    await bench.openSession('other');
    const another = await bench.cookieFor('app', 'other');
    expect(await verdict('/', another)).toBe('admitted');
    bench.clock.advance(30 * 60_000);
    expect(await verdict('/', another)).toBe('sign-in');
    await bench.change('session', 'other', { idleExpiresAt: new Date(bench.clock.now().getTime() + 1) });
    expect(await verdict('/', another)).toBe('admitted');
  });

  it('sends to sign in whose code is late', async () => {
    const cookie = await bench.cookieFor('app', 'session');
    await bench.change('session', 'session', { codeValidUntilAt: bench.clock.now() });
    expect(await verdict('/', cookie)).toBe('sign-in');
  });

  it('goes by the roles, the rules and the application as they are now', async () => {
    const cookie = await bench.cookieFor('app', 'session');
    expect(await verdict('/', cookie)).toBe('admitted');
    await bench.setRules('app', [{ roles: ['structure-admin'] }]);
    expect(await verdict('/', cookie)).toBe('role');
    await bench.setRules('app', []);
    expect(await verdict('/', cookie)).toBe('no-rule');
    await bench.change('application', 'app', { status: 'disabled' });
    expect(await verdict('/', cookie)).toBe('no-application');
    expect(await verdict('/')).toBe('no-application');
  });

  it('takes the cookie of one application for nothing at another', async () => {
    await bench.addApplication('other', { redirectUris: [callbackOf('https://other.example')] });
    const cookie = await bench.cookieFor('app', 'session');
    expect(await verdict('/', cookie, { origin: 'https://other.example' })).toBe('sign-in');
    expect(await verdict('/', await bench.cookieFor('other', 'session'))).toBe('sign-in');
    expect(await verdict('/', cookie, { origin: 'http://app.example' })).toBe('no-application');
    expect(await verdict('/', cookie, { origin: 'https://app.example:8443' })).toBe('no-application');
  });

  it('opens neither of two applications that claim one origin', async () => {
    await bench.addApplication('hostile', { structureId: 'clinic' }, [{ access: 'public' }]);
    expect(await verdict('/')).toBe('no-application');
    await bench.change('application', 'hostile', { status: 'disabled' });
    expect(await verdict('/')).toBe('sign-in');
  });

  it('takes no application of another kind for one of the gate', async () => {
    await bench.change('application', 'app', { kind: 'web' });
    expect(await verdict('/')).toBe('no-application');
    expect(await verdict('/', await bench.cookieFor('app', 'session'))).toBe('no-application');
  });
});
