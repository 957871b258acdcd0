import { MINUTE } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import type { AuditService } from './audit.service';
import type { AuditEvent } from './audit.types';
import { MOST_REFUSALS, RefusalJournalService } from './refusal-journal.service';
import { anyEvent } from '../testing/journal.fixture';

describe('refusals that a person can repeat at will', () => {
  let clock: SettableClock;
  let lines: AuditEvent[];
  let refusals: RefusalJournalService;

  beforeEach(() => {
    clock = new SettableClock();
    lines = [];
    const audit = { record: async (event: AuditEvent) => void lines.push(event) };
    refusals = new RefusalJournalService(audit as AuditService, clock);
  });

  async function refuse(times: number, accountId: string | null = 'paul', address = '192.0.2.1') {
    const refusal = anyEvent({ name: 'authz_fail', outcome: 'FAILURE', accountId, address });
    for (let time = 0; time < times; time++) await refusals.record(refusal);
  }
  const counted = () => lines.filter(({ reason }) => reason === 'repeated');

  it('are separate lines, up to a number per minute', async () => {
    await refuse(MOST_REFUSALS);
    clock.advance(MINUTE);
    await refusals.recordEnded();
    expect(lines).toHaveLength(MOST_REFUSALS);
    expect(counted()).toEqual([]);
  });

  it('beyond the maximum are counted in one line after the minute', async () => {
    await refuse(MOST_REFUSALS + 500);
    expect(lines).toHaveLength(MOST_REFUSALS);
    await refusals.recordEnded();
    expect(counted()).toEqual([]);
    clock.advance(MINUTE);
    await refusals.recordEnded();
    await refusals.recordEnded();
    expect(counted()).toEqual([
      expect.objectContaining({ name: 'authz_fail', accountId: 'paul', data: { repeats: 500 } }),
    ]);
  });

  it('start again in the next minute, even when no job runs', async () => {
    await refuse(MOST_REFUSALS + 1);
    clock.advance(MINUTE);
    await refuse(1);
    expect(counted()).toHaveLength(1);
    expect(lines).toHaveLength(MOST_REFUSALS + 2);
  });

  it('are counted by person, or by address without one', async () => {
    await refuse(MOST_REFUSALS + 1);
    await refuse(1, 'claire');
    await refuse(1, null, '192.0.2.2');
    expect(lines.slice(MOST_REFUSALS).map(({ accountId }) => accountId)).toEqual(['claire', null]);
  });

  it('are written before the process ends', async () => {
    await refuse(MOST_REFUSALS + 3);
    await refusals.beforeApplicationShutdown();
    expect(counted()).toEqual([expect.objectContaining({ data: { repeats: 3 } })]);
  });
});
