import { Transactions } from '@portillon/persistence';
import type { Session } from '@portillon/session';
import { concurrently, describeOnEveryEngine } from '@portillon/testing';
import { GATE_PARTS, GateBench, requestTo } from '../testing/gate-bench';

const opened = ({ id, expiresAt }: Session) => ({ sessionId: id, sid: 'sid', expiresAt });

describeOnEveryEngine('a sign-in that comes back', GATE_PARTS, (database) => {
  let bench: GateBench;

  beforeEach(async () => {
    await database.empty();
    bench = await GateBench.on(database.dataSource);
    await bench.addClaire();
    await bench.addApplication('app');
  });

  it('opens one session of sixteen who come back with it at once', async () => {
    const session = opened(await bench.openSession('session'));
    const signIn = bench.signIn();
    const { results, errors } = await concurrently(16, () =>
      bench.gateSessions.open(signIn, session, undefined),
    );
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(1);
    expect([await bench.count('gateSession'), await bench.count('gateSignIn')]).toEqual([1, 1]);
    expect(await bench.gateSessions.open(signIn, session, undefined)).toBeUndefined();
    const token = results.find(Boolean);
    expect((await bench.checks.check(requestTo('/'), token)).status).toBe('admitted');
  });

  it('takes the place of the session that the browser had, and of no other application’s', async () => {
    const session = opened(await bench.openSession('session'));
    const mine = await bench.cookieFor('app', 'session');
    const other = await bench.cookieFor('other', 'session');
    await bench.gateSessions.open(bench.signIn(), session, mine);
    await bench.gateSessions.open(bench.signIn(), session, other);
    expect((await bench.checks.check(requestTo('/'), mine)).status).toBe('sign-in');
    expect(await bench.count('gateSession')).toBe(3);
  });

  it('ends at one application, where the person signed out of it, and nowhere else', async () => {
    for (const id of ['session', 'of-paul']) await bench.openSession(id);
    const mine = await bench.cookieFor('app', 'session');
    await bench.cookieFor('app', 'of-paul');
    await bench.cookieFor('other', 'session');
    await new Transactions(database.dataSource).run((tx) => bench.gateSessions.endAt('app', ['session'], tx));
    expect((await bench.checks.check(requestTo('/'), mine)).status).toBe('sign-in');
    expect(await bench.count('gateSession')).toBe(2);
  });

  it('is forgotten once it is over, and so is its session', async () => {
    const session = opened(await bench.openSession('session'));
    await bench.gateSessions.open(bench.signIn(), session, undefined);
    const purge = async () => [
      await bench.signIns.deleteExpired(bench.clock.now(), 10),
      await bench.gateSessions.purge(10),
    ];
    expect(await purge()).toEqual([0, 0]);
    bench.clock.advance(15 * 60_000);
    expect(await purge()).toEqual([1, 0]);
    bench.clock.advance(4 * 3_600_000);
    expect(await purge()).toEqual([0, 1]);
  });
});
