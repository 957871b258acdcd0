import type { AccountAdministrationService } from '@portillon/account';
import type { FactorResetService } from '@portillon/access';
import { ActSteps } from '../testing/act.fixture';
import { NATIONAL } from '../testing/administrator.fixture';
import { AccountErasureService } from './account-erasure.service';
import type { AccountTraceService } from './account-trace.service';

function erasure(pseudonym: string | undefined) {
  const steps = new ActSteps();
  const service = new AccountErasureService(
    steps.transactions,
    steps.administered,
    steps.lastAdministrator,
    steps.of<AccountAdministrationService>('administration', { erase: async () => pseudonym }),
    steps.of<FactorResetService>('factorReset', { endAll: async () => undefined }),
    steps.of<AccountTraceService>('traces', { erase: async () => undefined }),
    steps.journal,
  );
  return { steps, service };
}

describe('an erasure', () => {
  it('takes the name away, ends whatever is open, then erases its traces, in one transaction', async () => {
    const { steps, service } = erasure('efface-1');
    await service.erase(NATIONAL, 'claire');
    expect(steps.taken).toEqual([
      'administered.touchOther',
      'begin',
      'lastAdministrator.requireAnother(tx)',
      'administration.erase(tx)',
      'factorReset.endAll(tx)',
      'traces.erase(tx)',
      'journal.recordOnAccount(tx)',
      'commit',
      'administered.get',
    ]);
    expect(steps.journalled).toMatchObject([{ name: 'user_deleted' }]);
  });

  it('does not take place unless the person asked for it', async () => {
    const { steps, service } = erasure(undefined);
    await expect(service.erase(NATIONAL, 'claire')).rejects.toMatchObject({ code: 'account.state' });
    expect(steps.taken.slice(-2)).toEqual(['administration.erase(tx)', 'rollback']);
  });
});
