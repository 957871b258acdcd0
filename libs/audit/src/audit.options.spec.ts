import { DAY } from '@portillon/kernel';
import { AuditPolicy, JOURNAL_KEPT_MS } from './audit.options';

describe('the retention of the journal', () => {
  it('is twelve months by default', () => {
    expect(new AuditPolicy().keptMs).toBe(JOURNAL_KEPT_MS);
    expect(new AuditPolicy({ retentionMonths: 12 }).keptMs).toBe(365 * DAY);
  });

  it('may be shortened to six months', () => {
    expect(new AuditPolicy({ retentionMonths: 6 }).keptMs).toBe(183 * DAY);
  });

  it.each([5, 13, 7.5])('cannot be %s months', (retentionMonths) => {
    expect(() => new AuditPolicy({ retentionMonths })).toThrow(
      'AuditModule.retentionMonths must be a whole number from 6 to 12',
    );
  });
});
