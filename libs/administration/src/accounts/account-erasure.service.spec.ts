import { ActSteps } from '../testing/act.fixture';
import { NATIONAL } from '../testing/administrator.fixture';
import { AccountErasureService } from './account-erasure.service';
import type { ErasureEffectService } from './erasure-effect.service';

function erasure(asked: boolean) {
  const steps = new ActSteps();
  const grounds: unknown[] = [];
  const service = new AccountErasureService(
    steps.transactions,
    steps.administered,
    steps.of<ErasureEffectService>('effect', {
      apply: async (_account, ground) => (grounds.push(ground), asked),
    }),
    steps.journal,
  );
  return { steps, grounds, service };
}

describe('an erasure that the person asked for', () => {
  it('takes place with its line of the journal, in one transaction', async () => {
    const { steps, grounds, service } = erasure(true);
    await service.erase(NATIONAL, 'claire', 'left');
    expect(steps.taken).toEqual([
      'administered.touchOther',
      'begin',
      'administered.claim(tx)',
      'effect.apply(tx)',
      'journal.recordOnAccount(tx)',
      'commit',
      'administered.get',
    ]);
    expect(grounds).toEqual([{ is: 'asked' }]);
    expect(steps.journalled).toEqual([{ name: 'user_deleted', reason: 'left' }]);
  });

  it('does not take place unless the person asked for it', async () => {
    const { steps, service } = erasure(false);
    await expect(service.erase(NATIONAL, 'claire')).rejects.toMatchObject({ code: 'account.state' });
    expect(steps.taken.slice(-2)).toEqual(['effect.apply(tx)', 'rollback']);
  });
});
