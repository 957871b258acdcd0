import { Transactions } from '@portillon/persistence';
import type { Session } from '@portillon/session';
import { concurrently, describeOnEveryEngine } from '@portillon/testing';
import { GATE_PARTS, GateFixture, requestTo } from '../testing/gate.fixture';

const opened = ({ id, expiresAt }: Session) => ({ sessionId: id, sid: 'sid', expiresAt });

describeOnEveryEngine('a sign-in that comes back', GATE_PARTS, (database) => {
  let fixture: GateFixture;

  beforeEach(async () => {
    await database.empty();
    fixture = await GateFixture.on(database.dataSource);
    await fixture.addClaire();
    await fixture.addApplication('app');
  });

  it('opens one session of sixteen who come back with it at once, and keeps no secret of its cookie', async () => {
    const session = opened(await fixture.openSession('session'));
    const signIn = fixture.signIn();
    const { results, errors } = await concurrently(16, () =>
      fixture.gateSessions.open(signIn, session, undefined),
    );
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(1);
    expect([await fixture.count('gateSession'), await fixture.count('gateSignIn')]).toEqual([1, 1]);
    expect(await fixture.gateSessions.open(signIn, session, undefined)).toBeUndefined();
    const token = results.find(Boolean)!;
    const rows = await database.dataSource.query('SELECT * FROM gateSession');
    expect(JSON.stringify(rows)).not.toContain(token.split('.')[1]);
    expect((await fixture.checks.check(requestTo('/'), token)).status).toBe('admitted');
  });

  it('takes the place of the session that the browser had, and of no other application’s', async () => {
    const session = opened(await fixture.openSession('session'));
    const mine = await fixture.cookieFor('app', 'session');
    const other = await fixture.cookieFor('other', 'session');
    await fixture.gateSessions.open(fixture.signIn(), session, mine);
    await fixture.gateSessions.open(fixture.signIn(), session, other);
    expect((await fixture.checks.check(requestTo('/'), mine)).status).toBe('sign-in');
    expect(await fixture.count('gateSession')).toBe(3);
  });

  it('takes no place with a cookie that cannot be read, nor with a sign-in that was used', async () => {
    const session = opened(await fixture.openSession('session'));
    const mine = await fixture.cookieFor('app', 'session');
    const signIn = fixture.signIn();
    expect(await fixture.gateSessions.open(signIn, session, 'text')).toBeDefined();
    expect(await fixture.gateSessions.open(signIn, session, mine)).toBeUndefined();
    expect((await fixture.checks.check(requestTo('/'), mine)).status).toBe('admitted');
    expect(await fixture.count('gateSession')).toBe(2);
  });

  it('ends at one application, where the person signed out of it, and nowhere else', async () => {
    for (const id of ['session', 'of-paul']) await fixture.openSession(id);
    const mine = await fixture.cookieFor('app', 'session');
    await fixture.cookieFor('app', 'of-paul');
    await fixture.cookieFor('other', 'session');
    await new Transactions(database.dataSource).run((tx) =>
      fixture.gateSessions.endAt('app', ['session'], tx),
    );
    expect((await fixture.checks.check(requestTo('/'), mine)).status).toBe('sign-in');
    expect(await fixture.count('gateSession')).toBe(2);
  });

  it('is forgotten once it is over, and so is its session', async () => {
    const session = opened(await fixture.openSession('session'));
    await fixture.gateSessions.open(fixture.signIn(), session, undefined);
    const purge = async () => [
      await fixture.signIns.deleteExpired(fixture.clock.now(), 10),
      await fixture.gateSessions.purge(10),
    ];
    expect(await purge()).toEqual([0, 0]);
    fixture.clock.advance(15 * 60_000);
    expect(await purge()).toEqual([1, 0]);
    fixture.clock.advance(4 * 3_600_000);
    expect(await purge()).toEqual([0, 1]);
  });
});
