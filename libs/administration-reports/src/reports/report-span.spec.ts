import { periodsOf, reportSpan } from './report-span';

/** Past midnight in Paris, not yet in UTC. */
const NEW_YEAR = new Date('2026-12-31T23:30:00Z');

describe('the span of a report', () => {
  it('is this year so far, by months, as people in Paris see it', () => {
    expect(reportSpan({}, NEW_YEAR)).toEqual({ from: '2027-01-01', to: '2027-01-01', by: 'month' });
  });

  it('begins with the year of its last day', () => {
    expect(reportSpan({ to: '2025-06-30' }, NEW_YEAR).from).toBe('2025-01-01');
  });

  it('is a year of days at most, or ten of months', () => {
    const span = (from: string, to: string, by: string) => () => reportSpan({ from, to, by }, NEW_YEAR);
    expect(span('2024-01-01', '2024-12-31', 'day')).not.toThrow();
    expect(span('2024-01-01', '2025-01-01', 'day')).toThrow('validation.failed');
    expect(span('2016-01-01', '2025-12-31', 'month')).not.toThrow();
    expect(span('1926-01-01', '2025-12-31', 'month')).toThrow('validation.failed');
    expect(span('2025-01-02', '2025-01-01', 'day')).toThrow('validation.failed');
  });

  it('has every period, also around the change of the clocks and in a leap year', () => {
    expect(periodsOf({ from: '2026-03-28', to: '2026-03-30', by: 'day' })).toEqual([
      '2026-03-28',
      '2026-03-29',
      '2026-03-30',
    ]);
    expect(periodsOf({ from: '2023-12-31', to: '2024-12-31', by: 'day' })).toHaveLength(367);
    expect(periodsOf({ from: '2025-11-30', to: '2026-01-01', by: 'month' })).toEqual([
      '2025-11',
      '2025-12',
      '2026-01',
    ]);
  });
});
