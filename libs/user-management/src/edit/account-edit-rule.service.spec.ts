import { DAY } from '@portillon/kernel';
import { SettableClock, Steps } from '@portillon/testing';
import { claire, DIRECTORY, NATIONAL_SERVICE, OF_HOSPITAL } from '../testing/administrator.fixture';
import { refusing } from '../testing/refusals.fixture';
import { AccountEditRuleService } from './account-edit-rule.service';
import type { AccountGrantService } from './account-grant.service';

function rules() {
  const steps = new Steps();
  const grants = steps.of<AccountGrantService>('grants', {
    requireGrantable: async () => undefined,
    structureFor: async () => null,
  });
  const clock = new SettableClock();
  return { steps, clock, service: new AccountEditRuleService(grants, refusing(steps), clock) };
}

describe('a change by a machine', () => {
  it.each([
    ['gives a role', claire(), { roles: ['structure-admin'] }],
    ['takes a role away', claire({ roles: ['structure-admin'] }), { roles: ['professional'] }],
    ['moves an administrator', claire({ roles: ['structure-admin'] }), { structureId: 'clinic' }],
  ])('never %s', async (_, before, changes) => {
    const { steps, service } = rules();
    const change = service.requireAllowed(NATIONAL_SERVICE, before, changes);
    await expect(change).rejects.toMatchObject({ code: 'permission.denied' });
    expect(steps.taken).toEqual(['refusals.forbid']);
  });
});

it('waits depending on the actor and the time', () => {
  const { clock, service } = rules();
  const email = 'new@hopital.example';
  const taken = claire({ accessChangedAt: clock.now() });
  const roles = ['structure-admin'];
  expect(service.waiting(OF_HOSPITAL, claire(), { email })).toEqual({});
  expect(service.waiting(DIRECTORY, claire(), { email })).toEqual({ email });
  expect(service.waiting(OF_HOSPITAL, taken, { roles })).toEqual({ roles });
  clock.advance(DAY);
  expect(service.waiting(OF_HOSPITAL, taken, { roles })).toEqual({});
});
