import type { AccountLimitService } from '@portillon/access';
import { ActSteps } from '../testing/act.fixture';
import { NATIONAL } from '../testing/administrator.fixture';
import type { AccountLockService } from './account-lock.service';
import { AccountUnlockService } from './account-unlock.service';

it('an unlock forgets wrong passwords and codes, is recorded and notified in one transaction, then clears the limits', async () => {
  const steps = new ActSteps();
  const service = new AccountUnlockService(
    steps.transactions,
    steps.administered,
    steps.of<AccountLockService>('locks', { end: async () => undefined }),
    steps.of<AccountLimitService>('limits', { clear: async () => undefined }),
    steps.journal,
    steps.notices,
  );
  await service.unlock(NATIONAL, 'claire', 'called us');
  expect(steps.taken).toEqual([
    'administered.touch',
    'begin',
    'administered.claim(tx)',
    'locks.end(tx)',
    'journal.recordOnAccount(tx)',
    'notices.notify(tx)',
    'commit',
    'limits.clear',
    'administered.get',
  ]);
  expect(steps.journalled).toEqual([{ name: 'authn_unlock', reason: 'called us' }]);
  expect(steps.told).toEqual([['account-unlocked', 'claire', { by: 'administrator' }]]);
});
