import { parisDate } from '@portillon/kernel';
import { daysBetween, eveningOf, isWorkingTime, workingDay } from './wave-days.policy';

describe('the days of a wave', () => {
  it.each([
    ['Monday 8:00 in winter', '2026-11-30T07:00:00Z', true],
    ['Monday 7:59 in winter', '2026-11-30T06:59:59Z', false],
    ['Monday 8:00 in summer', '2026-07-06T06:00:00Z', true],
    ['Friday 17:59 in winter', '2026-12-04T16:59:59Z', true],
    ['Friday 18:00 in winter', '2026-12-04T17:00:00Z', false],
    ['Saturday at noon', '2026-12-05T11:00:00Z', false],
    ['Sunday at noon', '2026-12-06T11:00:00Z', false],
    ['midnight between two working days', '2026-12-01T23:30:00Z', false],
  ])('%s: %s', (_, time, expected) => {
    expect(isWorkingTime(new Date(time))).toBe(expected);
  });

  it('are those of Paris', () => {
    expect(parisDate(new Date('2026-11-29T23:30:00Z'))).toBe('2026-11-30');
    expect(eveningOf('2026-12-31').toISOString()).toBe('2026-12-31T21:00:00.000Z');
    expect(daysBetween('2026-11-30', '2027-01-29')).toBe(60);
  });

  it('leave out weekends', () => {
    const days = [0, 1, 4, 5, 10].map((count) => workingDay('2026-11-30', count));
    expect(days).toEqual(['2026-11-30', '2026-12-01', '2026-12-04', '2026-12-07', '2026-12-14']);
    expect([workingDay('2026-12-05', 0), workingDay('2026-12-05', 1)]).toEqual(['2026-12-07', '2026-12-08']);
  });
});
