import { DAY, HOUR, issueToken, MINUTE, SystemRandom } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { sessionPersistence } from './session.persistence';
import { SessionPolicy } from './session.policy';
import { NewSession, Sessions } from './sessions';

const principal = {
  accountId: 'claire',
  username: 'claire.martin',
  displayName: 'Claire Martin',
  roles: ['professional'],
  structure: { id: 's1', name: 'Hôpital des 3 Dames' },
};

function request(changes: Partial<NewSession> = {}): NewSession {
  return {
    principal,
    means: 'password',
    acr: null,
    amr: ['pwd', 'otp'],
    codeAcceptedAt: null,
    codeValidUntilAt: null,
    browserId: null,
    device: { userAgent: 'Firefox', address: '192.0.2.1' },
    ...changes,
  };
}

describeOnEveryEngine('sessions', [sessionPersistence], (bench) => {
  let clock: SettableClock;
  let sessions: Sessions;
  const open = (changes?: Partial<NewSession>) =>
    bench.database.transaction((tx) => sessions.open(request(changes), tx));

  beforeEach(async () => {
    await bench.database.execute('DELETE FROM session');
    clock = new SettableClock();
    sessions = new Sessions(bench.database, clock, new SystemRandom(clock), new SessionPolicy());
  });

  it('finds the session of a token, as it was opened', async () => {
    const { session, token } = await open({ codeAcceptedAt: clock.now(), codeValidUntilAt: clock.now() });
    expect(await sessions.find(token)).toEqual(session);
  });

  it('has no drift between entities and migrations', async () => {
    expect(await bench.migrator.drift()).toEqual([]);
  });

  it('ends a session that nobody renews for 30 minutes, and no clock set back revives it', async () => {
    const { token } = await open();
    clock.advance(30 * MINUTE);
    expect(await sessions.find(token)).toBeUndefined();
    clock.advance(-29 * MINUTE);
    expect(await sessions.find(token)).toBeUndefined();
  });

  it('pushes the idle limit, never beyond four hours', async () => {
    const { session, token } = await open();
    for (let minutes = 29; minutes < 240; minutes += 29) {
      clock.advance(29 * MINUTE);
      expect((await sessions.renew(session.id))!.idleExpiresAt <= session.expiresAt).toBe(true);
    }
    expect((await sessions.find(token))?.idleExpiresAt).toEqual(session.expiresAt);
    clock.set(new Date(session.signedInAt.getTime() + 4 * HOUR));
    expect(await sessions.renew(session.id)).toBeUndefined();
    expect(await sessions.find(token)).toBeUndefined();
  });

  it('keeps ten sessions of a person, the oldest ends', async () => {
    const tokens: string[] = [];
    for (let count = 0; count < 11; count++) {
      tokens.push((await open()).token);
      clock.advance(1);
    }
    expect(await sessions.list('claire')).toHaveLength(10);
    expect(await sessions.find(tokens[0])).toBeUndefined();
    expect(await sessions.find(tokens[1])).toBeDefined();
  });

  it('gives a new secret at a step-up: the token before it is worth nothing', async () => {
    const { session, token } = await open();
    const codeAcceptedAt = clock.now();
    const rotated = await bench.database.transaction((tx) =>
      sessions.rotate(session, { codeAcceptedAt }, tx),
    );
    expect(await sessions.find(token)).toBeUndefined();
    expect(await sessions.find(rotated?.token)).toEqual(rotated?.session);
    expect(rotated?.session).toMatchObject({ id: session.id, codeAcceptedAt });
  });

  it('keeps no secret of an ended session, and purges its line after 30 days', async () => {
    const { session, token } = await open();
    expect(await sessions.end(session.id, 'sign-out')).toBe(true);
    expect(await sessions.end(session.id, 'sign-out')).toBe(false);
    expect(await sessions.find(token)).toBeUndefined();
    expect(await bench.database.row('SELECT secretDigest, endReason FROM session')).toEqual({
      secretDigest: null,
      endReason: 'sign-out',
    });
    expect(await sessions.purge(100)).toBe(0);
    clock.advance(30 * DAY + 1);
    expect(await sessions.purge(100)).toBe(1);
  });

  it('answers any text at all', async () => {
    const { token } = await open();
    const texts = [
      '',
      '.',
      token.slice(0, -1),
      token + token,
      'x'.repeat(100_000),
      '__proto__',
      `${token}\n`,
      undefined,
    ];
    for (const text of texts) expect(await sessions.find(text)).toBeUndefined();
    expect(await sessions.find(issueToken(new SystemRandom(clock)).value)).toBeUndefined();
  });
});
