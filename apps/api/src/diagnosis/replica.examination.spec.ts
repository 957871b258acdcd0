import type { INestApplicationContext } from '@nestjs/common';
import { AppError, MINUTE } from '@portillon/kernel';
import type { Settings } from '../settings/settings';
import { examineReplica } from './replica.examination';

function examined(lagMs: () => Promise<number>, replicaUrl: string | null = 'mysql://replica.example/x') {
  const app = { get: () => ({ lagMs }) } as unknown as INestApplicationContext;
  return examineReplica(app, { database: { replicaUrl } } as Settings);
}

describe('the replica, to the doctor,', () => {
  it('is well where it has what reports count, or is not set', async () => {
    expect(await examined(async () => 0)).toMatchObject({
      well: true,
      text: expect.stringMatching(/^answers/),
    });
    expect(await examined(async () => NaN, null)).toMatchObject({ well: true, text: 'off: not set' });
  });

  it('is not where it lags by minutes, or does not answer', async () => {
    expect(await examined(async () => 7 * MINUTE)).toMatchObject({
      well: false,
      text: 'its reports are 7 minutes old',
    });
    const cause = Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
    expect(await examined(() => Promise.reject(new AppError('service.busy', { cause })))).toMatchObject({
      well: false,
      advice: 'check DATABASE_REPLICA_URL: nothing listens at its address',
    });
  });
});
