import { SettableClock } from '@portillon/testing';
import { AuditPolicy } from '../audit.options';
import { AuditPurgeJob } from '../audit.job';
import type { AuditSealService } from './audit-seal.service';

describe('the purge of the journal', () => {
  it.each([
    [undefined, '2025-11-24T10:00:00.000Z'],
    [12, '2025-11-24T10:00:00.000Z'],
    [6, '2026-05-25T10:00:00.000Z'],
  ])('leaves what is younger than the operator chose: %s months', async (retentionMonths, oldest) => {
    const purged: string[] = [];
    const seals: Partial<AuditSealService> = {
      purge: async (before) => {
        purged.push(before.toISOString());
        return 0;
      },
    };
    const clock = new SettableClock();
    clock.set(new Date('2026-11-24T10:00:00.000Z'));
    await new AuditPurgeJob(seals as AuditSealService, clock, new AuditPolicy({ retentionMonths })).run();
    expect(purged).toEqual([oldest]);
  });
});
