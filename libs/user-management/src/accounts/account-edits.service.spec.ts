import type { Account, AccountAdministrationService, AccountChanges } from '@portillon/account';
import { DAY } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { ActSteps, refusing } from '../testing/act.fixture';
import { claire, DIRECTORY, NATIONAL_SERVICE, OF_HOSPITAL } from '../testing/administrator.fixture';
import type { AccountEditEffectsService, AppliedEdit } from './account-edit-effects.service';
import { AccountEditsService } from './account-edits.service';

function edits(before: Account, clock = new SettableClock()) {
  const steps = new ActSteps(before);
  const applied: AppliedEdit[] = [];
  const service = new AccountEditsService(
    steps.transactions,
    steps.administered,
    steps.of<AccountAdministrationService>('administration', { edit: async () => ({ status: 'edited' }) }),
    steps.of<AccountEditEffectsService>('effects', {
      apply: async (_administrator, _before, edit) => void applied.push(edit),
    }),
    refusing(steps),
    steps.journal,
    clock,
  );
  const waiting = async (administrator: typeof DIRECTORY, changes: AccountChanges) => {
    await service.edit(administrator, before.id, changes, before.version);
    return applied.at(-1)!.waiting;
  };
  return { steps, service, waiting };
}

describe('a change by a machine', () => {
  it.each([
    ['gives a role', claire(), { roles: ['structure-admin'] }],
    ['takes a role away', claire({ roles: ['structure-admin'] }), { roles: ['professional'] }],
    ['moves an administrator', claire({ roles: ['structure-admin'] }), { structureId: 'clinic' }],
  ])('never %s', async (_, before, changes) => {
    const { steps, service } = edits(before);
    const change = service.edit(NATIONAL_SERVICE, before.id, changes, before.version);
    await expect(change).rejects.toMatchObject({ code: 'permission.denied' });
    expect(steps.taken).not.toContain('begin');
  });
});

it('waits depending on the actor and the time', async () => {
  const clock = new SettableClock();
  const email = 'new@hopital.example';
  const roles = ['structure-admin'];
  const taken = edits(claire({ accessChangedAt: clock.now() }), clock);
  expect(await edits(claire(), clock).waiting(OF_HOSPITAL, { email })).toEqual({});
  expect(await edits(claire(), clock).waiting(DIRECTORY, { email })).toEqual({ email });
  expect(await taken.waiting(OF_HOSPITAL, { roles })).toEqual({ roles });
  clock.advance(DAY);
  expect(await taken.waiting(OF_HOSPITAL, { roles })).toEqual({});
});
