import { DAY, HOUR, issueToken, MINUTE, addMilliseconds } from '@portillon/kernel';
import { describeOnEveryEngine } from '@portillon/testing';
import { sessionPersistence } from '../session.persistence';
import { claire, hostileTexts, paul, SessionFixture } from '../testing/session.fixture';

describeOnEveryEngine('sessions', [sessionPersistence], (testDatabase) => {
  let fixture: SessionFixture;
  const open: SessionFixture['open'] = (changes) => fixture.open(changes);
  const inOne: SessionFixture['inOne'] = (work) => fixture.inOne(work);
  const endings = () =>
    testDatabase.dataSource.query('SELECT endReason FROM session WHERE endReason IS NOT NULL');

  beforeEach(async () => {
    fixture = new SessionFixture(testDatabase.dataSource);
    await fixture.empty();
  });

  it('finds the session of a token, as it was opened', async () => {
    const now = fixture.clock.now();
    const { session, token } = await open({
      acr: 'eidas1',
      codeAcceptedAt: now,
      codeValidUntilAt: now,
      browserId: 'b',
    });
    expect(await fixture.sessions.find(token)).toEqual(session);
    expect(session).toMatchObject({
      accountId: 'claire',
      principal: claire,
      amr: ['pwd', 'mail'],
      signedInAt: now,
    });
  });

  it('keeps an empty list of methods', async () => {
    const { token } = await open({ means: 'cpx', amr: [] });
    expect((await fixture.sessions.find(token))?.amr).toEqual([]);
  });

  it('accepts a name with quotes, emoji and no structure, and a device of any length', async () => {
    const principal = { ...paul, displayName: `Zoë "O'Neil" 👩‍⚕️ \\ </script>` };
    const { token } = await open({
      principal,
      device: { userAgent: '💥'.repeat(500), address: 'x'.repeat(500) },
    });
    const found = await fixture.sessions.find(token);
    expect(found?.principal).toEqual(principal);
    expect([found?.device.userAgent.length, found?.device.address.length]).toEqual([255, 45]);
  });

  it('stores no secret', async () => {
    const { token } = await open();
    const rows = await testDatabase.dataSource.query('SELECT * FROM session');
    expect(JSON.stringify(rows)).not.toContain(token.split('.')[1]);
  });

  it('finds each of 40 looked up at once, and nothing for an unknown one', async () => {
    const opened = await Promise.all(
      Array.from({ length: 8 }, (_, at) => open({ principal: { ...claire, accountId: `a${at}` } })),
    );
    const tokens = Array.from({ length: 40 }, (_, at) =>
      at % 5 === 4 ? issueToken(fixture.random).value : opened[at % 8]!.token,
    );
    const found = await Promise.all(tokens.map((token) => fixture.sessions.find(token)));
    expect(found.map((session) => session?.accountId)).toEqual(
      tokens.map((_, at) => (at % 5 === 4 ? undefined : `a${at % 8}`)),
    );
  });

  it('refuses any text but the token', async () => {
    const { token } = await open();
    const { token: other } = await open({ principal: paul });
    const crossed = `${token.split('.')[0]}.${other.split('.')[1]}`;
    for (const text of [...hostileTexts(token), crossed])
      expect(await fixture.sessions.find(text)).toBeUndefined();
    expect(await fixture.sessions.find(token)).toBeDefined();
  });

  it('refuses tokens of a sign-in in progress', async () => {
    const { token } = await fixture.start();
    expect(await fixture.sessions.find(token)).toBeUndefined();
  });

  it('ends a session that is not renewed for 30 minutes, and no clock set back revives it', async () => {
    const { session, token } = await open();
    fixture.clock.advance(30 * MINUTE - 1);
    expect(await fixture.sessions.find(token)).toBeDefined();
    fixture.clock.advance(1);
    expect(await fixture.sessions.find(token)).toBeUndefined();
    fixture.clock.advance(-29 * MINUTE);
    expect(await fixture.sessions.find(token)).toBeUndefined();
    expect(await fixture.sessions.renew(session)).toBeUndefined();
    expect(await inOne((tx) => fixture.sessions.rotate(session, {}, tx))).toBeUndefined();
    expect(await fixture.sessions.list('claire')).toEqual([]);
    expect(await endings()).toEqual([{ endReason: 'expired' }]);
  });

  it('ends a session of a shared workstation after 10 minutes, however it was renewed', async () => {
    const principal = { ...claire, sharedWorkstation: true as const };
    const { session, token } = await open({ principal });
    fixture.clock.advance(9 * MINUTE);
    await fixture.sessions.renew(session);
    fixture.clock.advance(9 * MINUTE);
    const rotated = await inOne((tx) => fixture.sessions.rotate(session, {}, tx));
    expect(rotated!.session.idleExpiresAt).toEqual(addMilliseconds(fixture.clock.now(), 10 * MINUTE));
    expect(await fixture.sessions.find(token)).toBeUndefined();
    fixture.clock.advance(10 * MINUTE);
    expect(await fixture.sessions.find(rotated!.token)).toBeUndefined();
  });

  it('leaves a session as it was when a wrong secret comes after its time', async () => {
    const { session } = await open();
    fixture.clock.advance(31 * MINUTE);
    await fixture.sessions.find(issueToken(fixture.random, session.id).value);
    expect(await testDatabase.dataSource.query('SELECT endedAt FROM session')).toEqual([{ endedAt: null }]);
  });

  it('moves the idle limit, never beyond four hours', async () => {
    const { session, token } = await open();
    for (let minutes = 29; minutes < 240; minutes += 29) {
      fixture.clock.advance(29 * MINUTE);
      const renewed = await fixture.sessions.renew(session);
      expect(renewed!.idleExpiresAt <= session.expiresAt).toBe(true);
      expect(renewed).toEqual({ ...session, idleExpiresAt: renewed!.idleExpiresAt });
    }
    expect((await fixture.sessions.find(token))?.idleExpiresAt).toEqual(session.expiresAt);
    fixture.clock.set(new Date(session.signedInAt.getTime() + 4 * HOUR));
    expect(await fixture.sessions.renew(session)).toBeUndefined();
    expect(await fixture.sessions.find(token)).toBeUndefined();
  });

  it('keeps ten sessions of a person, the oldest ends', async () => {
    const { token: untouched } = await open({ principal: paul });
    const tokens: string[] = [];
    for (let count = 0; count < 11; count++) {
      tokens.push((await open()).token);
      fixture.clock.advance(1);
    }
    expect(await fixture.sessions.list('claire')).toHaveLength(10);
    expect(await fixture.sessions.find(tokens[0])).toBeUndefined();
    expect(await fixture.sessions.find(tokens[1])).toBeDefined();
    expect(await fixture.sessions.find(untouched)).toBeDefined();
    expect(await endings()).toEqual([{ endReason: 'too-many' }]);
  });

  it('does not count an expired session among the ten', async () => {
    const { session, token } = await open();
    fixture.clock.advance(1);
    for (let count = 0; count < 9; count++) await open();
    fixture.clock.advance(29 * MINUTE);
    await fixture.sessions.renew(session);
    fixture.clock.advance(2 * MINUTE);
    await open();
    expect(await fixture.sessions.find(token)).toBeDefined();
  });

  it('issues a new secret at a step-up: the previous token is invalid', async () => {
    const { session, token } = await open();
    fixture.clock.advance(MINUTE);
    const at = fixture.clock.now();
    const changes = {
      codeAcceptedAt: at,
      codeValidUntilAt: at,
      authenticatedAt: at,
      browserId: 'b',
      proof: { renewedBy: 'code' as const },
    };
    const rotated = await inOne((tx) => fixture.sessions.rotate(session, changes, tx));
    expect(await fixture.sessions.find(token)).toBeUndefined();
    expect(await fixture.sessions.find(rotated?.token)).toEqual(rotated?.session);
    expect(rotated?.session).toMatchObject({ id: session.id, ...changes });
    expect(await inOne((tx) => fixture.sessions.rotate(session, {}, tx))).toBeUndefined();
  });

  it('treats an undefined change as no change: a limit must not become "never"', async () => {
    const { session } = await open({ codeValidUntilAt: fixture.clock.now() });
    const changes = { codeValidUntilAt: undefined };
    const rotated = await inOne((tx) => fixture.sessions.rotate(session, changes, tx));
    expect(rotated?.session.codeValidUntilAt).toEqual(session.codeValidUntilAt);
    expect((await fixture.sessions.find(rotated?.token))?.codeValidUntilAt).toEqual(session.codeValidUntilAt);
  });

  it('ends at once the sessions that a person ends, and none of another person', async () => {
    const { session, token } = await open();
    expect(await fixture.sessions.endOf('paul', session.id, 'revoked')).toBe(false);
    expect(await fixture.sessions.find(token)).toBeDefined();
    expect(await fixture.sessions.endOf('claire', session.id, 'revoked')).toBe(true);
    expect(await fixture.sessions.endOf('claire', session.id, 'revoked')).toBe(false);
    expect(await fixture.sessions.find(token)).toBeUndefined();
  });

  it('sees a session ended while an earlier look-up is under way', async () => {
    const { session, token } = await open();
    const early = fixture.sessions.find(token);
    await fixture.sessions.end(session.id, 'sign-out');
    expect(await fixture.sessions.find(token)).toBeUndefined();
    await early;
  });

  it('ends all sessions but one', async () => {
    const kept = await open();
    const others = [await open(), await open(), await open()];
    const { token: paulsToken } = await open({ principal: paul });
    const options = { except: kept.session.id };
    expect(await inOne((tx) => fixture.sessions.endAll('claire', 'revoked', options, tx))).toBe(3);
    expect(await fixture.sessions.list('claire')).toEqual([kept.session]);
    for (const { token } of others) expect(await fixture.sessions.find(token)).toBeUndefined();
    expect(await fixture.sessions.find(paulsToken)).toBeDefined();
    expect(await inOne((tx) => fixture.sessions.endAll('claire', 'revoked', {}, tx))).toBe(1);
    expect(await inOne((tx) => fixture.sessions.endAll('claire', 'revoked', {}, tx))).toBe(0);
  });

  it('finds an open session by its id', async () => {
    const { session } = await open();
    expect(await fixture.sessions.get(session.id)).toEqual(session);
    expect(await fixture.sessions.get('another')).toBeUndefined();
    await fixture.sessions.end(session.id, 'sign-out');
    expect(await fixture.sessions.get(session.id)).toBeUndefined();
  });

  it('is deleted with an erased person, open or ended, and no other is', async () => {
    await fixture.sessions.end((await open()).session.id, 'sign-out');
    await open();
    await open({ principal: paul });
    await inOne((tx) => fixture.sessions.erase('claire', tx));
    expect(await testDatabase.dataSource.query('SELECT accountId FROM session')).toEqual([
      { accountId: 'paul' },
    ]);
  });

  it('lists the open sessions, newest first', async () => {
    const first = await open();
    fixture.clock.advance(1);
    const second = await open();
    expect(await fixture.sessions.list('claire')).toEqual([second.session, first.session]);
  });

  it("gives open sessions the person's new name and roles", async () => {
    const { token } = await open();
    const { token: paulsToken } = await open({ principal: paul });
    const principal = { ...claire, displayName: 'Claire Durand', roles: [] };
    await inOne((tx) => fixture.sessions.refreshPrincipal([principal], tx));
    expect((await fixture.sessions.find(token))?.principal).toEqual(principal);
    expect((await fixture.sessions.find(paulsToken))?.principal).toEqual(paul);
  });

  it('rolls everything back with the transaction', async () => {
    const { session, token } = await open();
    const doomed = inOne(async (tx) => {
      await fixture.sessions.end(session.id, 'sign-out', tx);
      throw new Error('change of mind');
    });
    await expect(doomed).rejects.toThrow('change of mind');
    expect(await fixture.sessions.find(token)).toBeDefined();
  });

  it('keeps no secret of an ended session, and purges its line after 30 days', async () => {
    const { session } = await open();
    expect(await fixture.sessions.end(session.id, 'sign-out')).toBe(true);
    const row = 'SELECT secretDigest, endReason FROM session';
    expect(await testDatabase.dataSource.query(row)).toEqual([{ secretDigest: null, endReason: 'sign-out' }]);
    fixture.clock.advance(30 * DAY);
    expect(await fixture.sessions.purge(100)).toBe(0);
    fixture.clock.advance(1);
    expect(await fixture.sessions.purge(100)).toBe(1);
  });

  it('purges expired sessions that were not presented, in batches', async () => {
    for (let count = 0; count < 5; count++) await open();
    fixture.clock.advance(31 * MINUTE);
    const { token } = await open();
    expect(await fixture.sessions.purge(3)).toBe(3);
    expect(await fixture.sessions.purge(3)).toBe(2);
    expect(await fixture.sessions.purge(3)).toBe(0);
    expect(await endings()).toEqual(Array(5).fill({ endReason: 'expired' }));
    expect(await fixture.sessions.find(token)).toBeDefined();
    const secrets = await testDatabase.dataSource.query(
      'SELECT id FROM session WHERE secretDigest IS NOT NULL',
    );
    expect(secrets).toHaveLength(1);
  });

  it('has no drift between entities and migrations, which also run down and up again', async () => {
    expect(await testDatabase.migrator.drift()).toEqual([]);
    await testDatabase.migrator.undoLast();
    expect(await testDatabase.migrator.migrate()).toEqual(['CreateSession1764000003001']);
    expect(await testDatabase.migrator.drift()).toEqual([]);
  });
});
