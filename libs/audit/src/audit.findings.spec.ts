import { AppError, MINUTE } from '@portillon/kernel';
import type { ReportsDatabase } from '@portillon/persistence';
import type { AuditStatisticsService } from './statistics/audit-statistics.service';
import { ReplicaFindings } from './audit.findings';

function found(lagMs: () => Promise<number>, isReplica = true) {
  return new ReplicaFindings({ isReplica } as ReportsDatabase, { lagMs } as AuditStatisticsService).find();
}

describe('the replica', () => {
  it('is fine if it has the counted lines, or is not configured', async () => {
    expect(await found(async () => 0)).toMatchObject({
      state: 'well',
      text: expect.stringMatching(/^answers/),
    });
    expect(await found(async () => NaN, false)).toMatchObject({ state: 'off', text: 'off: not set' });
  });

  it('is not fine if it lags by minutes, or does not answer', async () => {
    expect(await found(async () => 7 * MINUTE)).toMatchObject({
      state: 'failing',
      text: 'its reports are 7 minutes old',
    });
    const cause = Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
    expect(await found(() => Promise.reject(new AppError('service.busy', { cause })))).toMatchObject({
      state: 'failing',
      advice: 'check DATABASE_REPLICA_URL: nothing listens at its address',
    });
  });
});
