import { DAY, HOUR, MINUTE } from '@portillon/kernel';
import { SessionOptions, SessionPolicy } from './session.policy';

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
