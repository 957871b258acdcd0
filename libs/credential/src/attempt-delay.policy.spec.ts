import { DAY, addMilliseconds } from '@portillon/kernel';
import { NO_ATTEMPTS, oldestOf, withLatest, withoutLatest } from './attempt-delay.policy';

describe('the latest attempts at a password, in one text', () => {
  const first = new Date('2026-11-24T08:00:00.123Z');

  /** Attempts a day apart, which `first` begins. */
  const made = (count: number) =>
    Array.from({ length: count }, (_, index) => addMilliseconds(first, index * DAY)).reduce(
      withLatest,
      NO_ATTEMPTS,
    );

  it('have space for one more until there are 25', () => {
    expect(oldestOf(NO_ATTEMPTS)).toEqual(new Date(0));
    expect(oldestOf(made(24))).toEqual(new Date(0));
    expect(oldestOf(made(25))).toEqual(first);
  });

  it('drop the oldest for a later one, and never grow', () => {
    expect(oldestOf(made(26))).toEqual(addMilliseconds(first, DAY));
    expect(made(26)).toHaveLength(NO_ATTEMPTS.length);
  });

  it('return the latest within the statement itself', () => {
    expect(withoutLatest('latest')).toBe("CONCAT('0000000000000', SUBSTR(latest, 1, 312))");
  });
});
