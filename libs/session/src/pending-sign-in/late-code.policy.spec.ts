import { addMilliseconds } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { isCodeLate } from '../session/session.types';

describe('the code of a session', () => {
  const now = new SettableClock().now();
  const isLate = (codeValidUntilAt: Date | null) => isCodeLate({ codeValidUntilAt }, now);

  it('is late from the very instant at which its hours are over', () => {
    expect([1, 0, -1].map((ms) => isLate(addMilliseconds(now, ms)))).toEqual([false, true, true]);
  });

  it('is never late where the session needs none', () => {
    expect(isLate(null)).toBe(false);
  });
});
