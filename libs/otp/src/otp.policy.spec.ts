import { DAY, HOUR, MINUTE, SECOND } from '@portillon/kernel';
import { OtpOptions, OtpPolicy } from './otp.policy';

const now = new Date('2026-11-24T15:39:00.000Z');

describe('the policy of the codes', () => {
  it('has a default for every option', () => {
    expect(new OtpPolicy().options).toEqual({
      digits: 6,
      lifeMs: 10 * MINUTE,
      triesPerCode: 5,
      failuresPerLock: 10,
      lockMs: 15 * MINUTE,
      longestLockMs: DAY,
      failuresInAll: 100,
      mailResendMs: 30 * SECOND,
      smsResendMs: 60 * SECOND,
      retentionMs: DAY,
    });
  });

  it.each<[keyof OtpOptions, number, number]>([
    ['digits', 6, 10],
    ['lifeMs', MINUTE, 10 * MINUTE],
    ['triesPerCode', 1, 5],
    ['failuresPerLock', 1, 10],
    ['failuresInAll', 10, 100],
    ['mailResendMs', 15 * SECOND, 10 * MINUTE],
    ['smsResendMs', 15 * SECOND, 10 * MINUTE],
    ['retentionMs', 4 * HOUR, DAY],
  ])('takes %s from %d to %d and refuses the rest by name', (name, least, most) => {
    expect(new OtpPolicy({ [name]: least }).options[name]).toBe(least);
    expect(new OtpPolicy({ [name]: most }).options[name]).toBe(most);
    for (const value of [least - 1, most + 1, least + 0.5, Number.NaN, Number.POSITIVE_INFINITY, '7', null]) {
      expect(() => new OtpPolicy({ [name]: value })).toThrow(`OtpModule.${name} must be a whole number`);
    }
  });

  it.each<keyof OtpOptions>(['lockMs', 'longestLockMs'])('takes %s from 15 minutes to 24 hours', (name) => {
    expect(() => new OtpPolicy({ [name]: 15 * MINUTE - 1 })).toThrow(`OtpModule.${name}`);
    expect(() => new OtpPolicy({ [name]: DAY + 1 })).toThrow(`OtpModule.${name}`);
  });

  it('accepts a longest lock equal to the first one, and refuses a shorter one', () => {
    expect(new OtpPolicy({ lockMs: HOUR, longestLockMs: HOUR }).options.longestLockMs).toBe(HOUR);
    expect(() => new OtpPolicy({ lockMs: HOUR, longestLockMs: 30 * MINUTE })).toThrow(
      'OtpModule.longestLockMs',
    );
  });

  it('locks at every tenth failure in a row, twice as long each time, a day at most', () => {
    const policy = new OtpPolicy();
    const minutes = Array.from({ length: 100 }, (_, index) => policy.lockAfter(index + 1, now)).flatMap(
      (end, index) => (end ? [[index + 1, (end.getTime() - now.getTime()) / MINUTE]] : []),
    );
    expect(minutes).toEqual([
      [10, 15],
      [20, 30],
      [30, 60],
      [40, 120],
      [50, 240],
      [60, 480],
      [70, 960],
      [80, 1440],
      [90, 1440],
      [100, 1440],
    ]);
  });

  it('is closed after the hundredth consecutive failure', () => {
    const policy = new OtpPolicy();
    expect([99, 100, 101].map((failures) => policy.isClosed(failures))).toEqual([false, true, true]);
  });

  it('doubles the wait with every code, up to an hour', () => {
    const policy = new OtpPolicy();
    const seconds = (channel: 'EMAIL' | 'SMS') =>
      [1, 2, 3, 8, 9, 1_000].map((sends) => policy.resendDelay(channel, sends) / SECOND);
    expect(seconds('EMAIL')).toEqual([30, 60, 120, 3_600, 3_600, 3_600]);
    expect(seconds('SMS')).toEqual([60, 120, 240, 3_600, 3_600, 3_600]);
  });
});
