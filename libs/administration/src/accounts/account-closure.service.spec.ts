import type { AccountAdministrationService } from '@portillon/account';
import type { FactorResetService } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import { ActSteps } from '../testing/act.fixture';
import { claire, NATIONAL } from '../testing/administrator.fixture';
import { AccountClosureService } from './account-closure.service';

/** Whether the account was in the state for the act; whether it is the last national administrator's. */
function closure({ possible = true, last = false, account = claire() } = {}) {
  const steps = new ActSteps(account, last ? new AppError('administrator.last') : undefined);
  const service = new AccountClosureService(
    steps.transactions,
    steps.administered,
    steps.lastAdministrator,
    steps.of<AccountAdministrationService>('administration', {
      deactivate: async () => possible,
      reactivate: async () => possible,
      remove: async () => possible,
    }),
    steps.of<FactorResetService>('factorReset', { endAll: async () => undefined }),
    steps.journal,
    steps.notices,
  );
  return { steps, service };
}

describe('the deletion of an account by its directory', () => {
  it('is written down also where it was closed before, and its person hears nothing anew', async () => {
    const { steps, service } = closure({ account: claire({ status: 'DEACTIVATED' }) });
    await service.remove(NATIONAL, 'claire');
    const act = ['begin', 'journal.recordOnAccount(tx)', 'administration.remove(tx)', 'commit'];
    expect(steps.taken).toEqual(['administered.touchOther', ...act]);
  });
});
