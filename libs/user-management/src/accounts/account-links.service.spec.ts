import type { Account, AccountAdministrationService, AccountService } from '@portillon/account';
import type { PendingSignInService, SessionService } from '@portillon/session';
import { ActSteps } from '../testing/act.fixture';
import { claire, NATIONAL } from '../testing/administrator.fixture';
import { AccountLinksService } from './account-links.service';
import type { SecondAdministratorService } from './second-administrator.service';

const NATIONAL_ID = '899700366240';

function unlinks(account: Account) {
  const steps = new ActSteps(account);
  const service = new AccountLinksService(
    steps.transactions,
    steps.administered,
    steps.of<AccountService>('accounts', { unlinkNationalId: async () => true }),
    {} as AccountAdministrationService,
    {} as SecondAdministratorService,
    steps.of<PendingSignInService>('pendingSignIns', { endAll: async () => 1 }),
    steps.of<SessionService>('sessions', { endAll: async () => 1 }),
    steps.journal,
    steps.notices,
  );
  return { steps, service };
}

describe('a national id', () => {
  it('is removed with the sessions that it may have opened, and the person is notified', async () => {
    const { steps, service } = unlinks(claire({ nationalId: NATIONAL_ID }));
    await service.unlink(NATIONAL, 'claire', 'lost card');
    expect(steps.journalled).toEqual([{ name: 'identity_unlinked', reason: 'lost card' }]);
    expect(steps.notified).toEqual([['identity-unlinked', 'claire', { by: 'administrator' }]]);
  });
});
