import { DAY, HOUR, MINUTE } from '@portillon/kernel';
import { SessionOptions, SessionPolicy, confirmed, signInProvedAt } from './session.policy';
import type { Confirmation, SessionProof } from './session.types';

describe('the policy of sessions', () => {
  it('has the defaults of the rules it applies', () => {
    expect(new SessionPolicy()).toEqual({
      idleMs: 30 * MINUTE,
      sharedIdleMs: 10 * MINUTE,
      absoluteMs: 4 * HOUR,
      signInMs: 15 * MINUTE,
      maxSessions: 10,
      codeWindowMs: DAY,
      previousSecretMs: MINUTE,
      browserMs: 90 * DAY,
      maxPeople: 20,
      retentionMs: 30 * DAY,
      signInRetentionMs: DAY,
    });
  });

  it('takes a stricter value, and no code window at all', () => {
    expect(new SessionPolicy({ idleMs: 5 * MINUTE, codeWindowMs: 0 })).toMatchObject({
      idleMs: 5 * MINUTE,
      codeWindowMs: 0,
    });
  });

  it.each<[keyof SessionOptions, number]>([
    ['idleMs', 30 * MINUTE + 1],
    ['idleMs', 0],
    ['absoluteMs', 4 * HOUR + 1],
    ['signInMs', 15 * MINUTE + 1],
    ['maxSessions', 11],
    ['maxSessions', 0],
    ['codeWindowMs', DAY + 1],
    ['codeWindowMs', -1],
    ['previousSecretMs', MINUTE + 1],
    ['browserMs', 401 * DAY],
    ['maxPeople', 21],
    ['retentionMs', 31 * DAY],
    ['signInRetentionMs', 25 * HOUR],
    ['idleMs', NaN],
    ['idleMs', Infinity],
    ['maxSessions', 2.5],
  ])('refuses %s = %d and names it', (name, value) => {
    expect(() => new SessionPolicy({ [name]: value })).toThrow(`SessionModule.${name} must be`);
  });
});

const NINE = new Date('2026-11-28T09:00:00.000Z');
const TEN = new Date('2026-11-28T10:00:00.000Z');
const byMail = (at: Date): Confirmation => ({ by: 'mail', at: at.toISOString() });
const byPasskey: Confirmation = { by: 'passkey', at: TEN.toISOString(), amr: ['hwk'] };

describe('a session that is confirmed', () => {
  it('keeps the time of its sign-in beside that of the confirmation', () => {
    const proof = confirmed({ proof: { card: true }, authenticatedAt: NINE }, byMail(TEN));
    expect(proof).toEqual({
      card: true,
      renewedBy: 'code',
      signInProvedAt: NINE.toISOString(),
      confirmations: [byMail(TEN)],
    });
    expect(signInProvedAt({ proof, authenticatedAt: TEN })).toEqual(NINE);
  });

  it('keeps the latest confirmation of each kind', () => {
    const first = confirmed({ proof: {}, authenticatedAt: NINE }, byMail(NINE));
    const second = confirmed({ proof: first, authenticatedAt: NINE }, byPasskey);
    const third = confirmed({ proof: second, authenticatedAt: TEN }, byMail(TEN));
    expect(third).toMatchObject({ renewedBy: 'code', signInProvedAt: NINE.toISOString() });
    expect(third.confirmations).toEqual([byPasskey, byMail(TEN)]);
  });
});

describe('the time of a sign-in', () => {
  it('is the latest proof while nothing was confirmed', () => {
    expect(signInProvedAt({ proof: {}, authenticatedAt: NINE })).toEqual(NINE);
  });

  it('is unknown where an earlier release moved it with a code', () => {
    const renewed: SessionProof = { renewedBy: 'code' };
    expect(signInProvedAt({ proof: renewed, authenticatedAt: NINE }).getTime()).toBe(0);
  });
});
