import type { AccountAdministrationService } from '@portillon/account';
import type { AccountLimitService } from '@portillon/access';
import { HOUR, addMilliseconds } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { ActSteps } from '../testing/act.fixture';
import { NATIONAL } from '../testing/administrator.fixture';
import { EmergencyAccessService } from './emergency-access.service';

const REQUEST = { means: 'password', hours: 8, reason: 'Card reader down' } as const;

function emergency() {
  const steps = new ActSteps();
  const clock = new SettableClock();
  const service = new EmergencyAccessService(
    steps.transactions,
    steps.administered,
    steps.of<AccountAdministrationService>('administration', {
      openEmergencyAccess: async () => true,
      nationalAdministrators: async () => ['nadia', 'claire', 'omar'],
    }),
    steps.of<AccountLimitService>('limits', { clear: async () => undefined }),
    steps.notices,
    steps.journal,
    clock,
  );
  return { steps, service, until: addMilliseconds(clock.now(), 8 * HOUR) };
}

describe('an emergency access', () => {
  it('is opened, recorded as an alarm and notified, in one transaction', async () => {
    const { steps, service, until } = emergency();
    await service.open(NATIONAL, 'claire', REQUEST);
    // After the commit: no limit that others filled keeps the code of this access from leaving.
    expect(steps.taken.slice(-3)).toEqual(['commit', 'limits.clear', 'administered.get']);
    const data = { alarm: 'emergency-access', act: 'open', means: 'password', until: until.toISOString() };
    expect(steps.journalled).toEqual([{ name: 'authz_admin', reason: 'Card reader down', data }]);
  });

  it('is notified to the person once, and to every other national administrator with its beneficiary', async () => {
    const { steps, service, until } = emergency();
    await service.open(NATIONAL, 'claire', REQUEST);
    const about = { by: 'administrator', until, about: 'Claire Martin' };
    expect(steps.told).toEqual([
      ['emergency-access', 'claire', { by: 'administrator', until }],
      ['emergency-access', 'nadia', about],
      ['emergency-access', 'omar', about],
    ]);
  });
});
