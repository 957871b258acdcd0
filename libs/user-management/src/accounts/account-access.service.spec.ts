import type { AccountAdministrationService } from '@portillon/account';
import type { AccountLimitService, FactorResetService } from '@portillon/access';
import type { InvitationService } from '@portillon/recovery';
import { HOUR, addMilliseconds } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { ActSteps } from '../testing/act.fixture';
import { claire, NATIONAL } from '../testing/administrator.fixture';
import { AccountAccessService } from './account-access.service';
import type { AccountLocksService } from './account-locks.service';

/** What an act writes in its transaction. */
const WRITTEN = ['journal.recordOnAccount(tx)', 'notices.notify(tx)'];
const REQUEST = { means: 'password', hours: 8, reason: 'Card reader down' } as const;

function access(account = claire()) {
  const steps = new ActSteps(account);
  const clock = new SettableClock();
  const service = new AccountAccessService(
    steps.transactions,
    steps.administered,
    steps.of<AccountAdministrationService>('administration', {
      openEmergencyAccess: async () => true,
      nationalAdministrators: async () => ['nadia', 'claire', 'omar'],
    }),
    steps.of<AccountLocksService>('locks', { unlock: async () => undefined }),
    steps.of<AccountLimitService>('limits', { clear: async () => undefined }),
    {} as FactorResetService,
    steps.of<InvitationService>('invitations', { sendPasswordLink: async () => undefined }),
    steps.notices,
    steps.journal,
    clock,
  );
  return { steps, service, until: addMilliseconds(clock.now(), 8 * HOUR) };
}

describe('an emergency access', () => {
  it('is opened, recorded as an alarm and notified, in one transaction', async () => {
    const { steps, service, until } = access();
    await service.openEmergencyAccess(NATIONAL, 'claire', REQUEST);
    // No limit that others filled keeps the code of this access from leaving.
    for (const step of [...WRITTEN, 'limits.clear']) expect(steps.taken).toContain(step);
    const data = { alarm: 'emergency-access', act: 'open', means: 'password', until: until.toISOString() };
    expect(steps.journalled).toEqual([{ name: 'authz_admin', reason: 'Card reader down', data }]);
  });

  it('is notified to the person once, and to every other national administrator with its beneficiary', async () => {
    const { steps, service, until } = access();
    await service.openEmergencyAccess(NATIONAL, 'claire', REQUEST);
    const about = { by: 'administrator', until, about: 'Claire Martin' };
    expect(steps.notified).toEqual([
      ['emergency-access', 'claire', { by: 'administrator', until }],
      ['emergency-access', 'nadia', about],
      ['emergency-access', 'omar', about],
    ]);
  });
});

const VOID = { reason: 'reported', since: new Date(0) } as const;

it.each([
  ['forgets wrong passwords and codes', null, []],
  ['sends a link where the password is void', VOID, ['invitations.sendPasswordLink(tx)']],
])(
  'an unlock %s, is recorded and notified in one transaction, and clears the limits',
  async (_, passwordVoid, link) => {
    const { steps, service } = access(claire({ passwordVoid }));
    await service.unlock(NATIONAL, 'claire', 'called us');
    expect(steps.taken.filter((step) => step.startsWith('invitations'))).toEqual(link);
    for (const step of [...WRITTEN, 'limits.clear']) expect(steps.taken).toContain(step);
    expect(steps.journalled).toEqual([{ name: 'authn_unlock', reason: 'called us' }]);
    expect(steps.notified).toEqual([['account-unlocked', 'claire', { by: 'administrator' }]]);
  },
);
