import type { AccountLimitService } from '@portillon/access';
import type { InvitationService } from '@portillon/recovery';
import { ActSteps } from '../testing/act.fixture';
import { claire, NATIONAL } from '../testing/administrator.fixture';
import type { AccountLockService } from './account-lock.service';
import { AccountUnlockService } from './account-unlock.service';

const VOID = { reason: 'reported', since: new Date(0) } as const;

it.each([
  ['forgets wrong passwords and codes', null, []],
  ['sends a link where the password is void', VOID, ['invitations.sendPasswordLink(tx)']],
])(
  'an unlock %s, is recorded and notified in one transaction, then clears the limits',
  async (_, passwordVoid, link) => {
    const steps = new ActSteps(claire({ passwordVoid }));
    const service = new AccountUnlockService(
      steps.transactions,
      steps.administered,
      steps.of<AccountLockService>('locks', { end: async () => undefined }),
      steps.of<AccountLimitService>('limits', { clear: async () => undefined }),
      steps.of<InvitationService>('invitations', { sendPasswordLink: async () => undefined }),
      steps.journal,
      steps.notices,
    );
    await service.unlock(NATIONAL, 'claire', 'called us');
    expect(steps.taken.filter((step) => step.startsWith('invitations'))).toEqual(link);
    expect(steps.taken.slice(-3)).toEqual(['commit', 'limits.clear', 'administered.get']);
    expect(steps.journalled).toEqual([{ name: 'authn_unlock', reason: 'called us' }]);
    expect(steps.told).toEqual([['account-unlocked', 'claire', { by: 'administrator' }]]);
  },
);
