import type { Account } from '@portillon/account';
import { DAY } from '@portillon/kernel';
import { SettableClock, Steps } from '@portillon/testing';
import { claire, DIRECTORY, NATIONAL, NATIONAL_SERVICE, OF_HOSPITAL } from '../testing/administrator.fixture';
import { refusing } from '../testing/refusals.fixture';
import { AccountEditRuleService } from './account-edit-rule.service';
import type { AccountGrantService } from './account-grant.service';

function rules() {
  const steps = new Steps();
  const wanted: unknown[] = [];
  const grants = steps.of<AccountGrantService>('grants', {
    requireGrantable: async () => undefined,
    structureFor: async (_, asked, roles) => {
      wanted.push([asked, roles]);
      return null;
    },
  });
  const clock = new SettableClock();
  return { steps, wanted, clock, service: new AccountEditRuleService(grants, refusing(steps), clock) };
}
const nadia = (roles: string[]): Account => claire({ id: 'nadia', roles, structure: null });

describe('a change of rights', () => {
  it('is of roles that the administrator may give', async () => {
    const { steps, service } = rules();
    await service.requireAllowed(OF_HOSPITAL, claire(), { roles: ['structure-admin'] });
    expect(steps.taken[0]).toBe('grants.requireGrantable');
  });

  it('never takes the administrator’s own role away', async () => {
    const { service } = rules();
    const own = nadia(['national-admin']);
    await expect(service.requireAllowed(NATIONAL, own, { roles: ['professional'] })).rejects.toMatchObject({
      code: 'act.on-self',
    });
    await service.requireAllowed(NATIONAL, own, { roles: ['national-admin', 'professional'] });
  });
});

describe('a move to another structure', () => {
  it('is made by an administrator who reaches both', async () => {
    const { wanted, service } = rules();
    await service.requireAllowed(NATIONAL, claire(), { structureId: 'clinic' });
    expect(wanted).toEqual([['clinic', ['professional']]]);
  });

  it.each(['clinic', null])('to %s is refused to an administrator of one structure', async (structureId) => {
    const { steps, service } = rules();
    await expect(service.requireAllowed(OF_HOSPITAL, claire(), { structureId })).rejects.toMatchObject({
      code: 'permission.denied',
    });
    expect(steps.taken).toEqual(['refusals.forbid']);
  });

  it('is none when the structure is the same', async () => {
    const { wanted, service } = rules();
    await service.requireAllowed(OF_HOSPITAL, claire(), { structureId: 'hospital' });
    await service.requireAllowed(OF_HOSPITAL, claire(), { displayName: 'Claire' });
    expect(wanted).toEqual([
      ['hospital', ['professional']],
      ['hospital', ['professional']],
    ]);
  });
});

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

  it('of a name, or of a professional’s structure by a national one, is allowed', async () => {
    const { service } = rules();
    await service.requireAllowed(NATIONAL_SERVICE, claire({ roles: ['structure-admin'] }), {
      displayName: 'C',
    });
    await service.requireAllowed(NATIONAL_SERVICE, claire(), { structureId: 'clinic' });
  });
});

it('what waits depends on who asks and when', () => {
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
