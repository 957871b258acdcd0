import type { AccountAdministrationService, AccountChanges } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { ActSteps } from '../testing/act.fixture';
import { claire, NATIONAL } from '../testing/administrator.fixture';
import type { AccountEditEffectService, AppliedEdit } from './account-edit-effect.service';
import type { AccountEditRuleService } from './account-edit-rule.service';
import { AccountEditService } from './account-edit.service';

type Status = Awaited<ReturnType<AccountAdministrationService['edit']>>['status'];

function editing({
  status = 'edited' as Status,
  allowed = true,
  last = false,
  waits = {} as AccountChanges,
} = {}) {
  const account = claire();
  const written: AccountChanges[] = [];
  const applied: AppliedEdit[] = [];
  const steps = new ActSteps(account, last ? new AppError('administrator.last') : undefined);
  const service = new AccountEditService(
    steps.transactions,
    steps.administered,
    steps.of<AccountEditRuleService>('rules', {
      requireAllowed: async () => {
        if (!allowed) throw new AppError('permission.denied');
      },
      waiting: () => waits,
    }),
    steps.lastAdministrator,
    steps.of<AccountAdministrationService>('administration', {
      edit: async (_, changes) => {
        written.push(changes);
        return { status };
      },
    }),
    steps.of<AccountEditEffectService>('effects', {
      apply: async (_administrator, _account, edit) => void applied.push(edit),
    }),
    steps.journal,
  );
  const edit = (changes: AccountChanges, version = 1) =>
    service.edit(NATIONAL, 'claire', changes, version, 'asked for it');
  return { steps, written, applied, edit };
}

describe('the change of an account', () => {
  it('is allowed, written under its version, followed by its effects and the journal', async () => {
    const { steps, edit } = editing();
    await edit({ displayName: 'Claire Durand' });
    expect(steps.taken).toEqual([
      'administered.touch',
      'rules.requireAllowed',
      'rules.waiting',
      'begin',
      'administration.edit(tx)',
      'effects.apply(tx)',
      'journal.recordOnAccount(tx)',
      'commit',
      'administered.get',
    ]);
  });

  it('keeps in the journal which fields changed, not the person’s values', async () => {
    const { steps, edit } = editing();
    await edit({ displayName: 'Claire Durand', email: 'new@hopital.example', structureId: 'clinic' });
    const data = { fields: ['displayName', 'email', 'structureId'], structureId: 'clinic' };
    expect(steps.journalled).toEqual([{ name: 'user_updated', reason: 'asked for it', data }]);
  });

  it('of an administrator’s address alone writes nothing of it: it waits, and the journal has no other line', async () => {
    const email = 'new@hopital.example';
    const { steps, written, applied, edit } = editing({ waits: { email } });
    await edit({ email });
    expect(written).toEqual([{}]);
    expect(applied).toEqual([{ present: {}, waiting: { email }, reason: 'asked for it' }]);
    expect(steps.journalled).toEqual([]);
  });

  it('of what goes with something that waits is written now, with a line of its own', async () => {
    const roles = ['national-admin'];
    const { steps, written, edit } = editing({ waits: { roles }, last: true });
    await edit({ roles, displayName: 'Claire Durand' });
    expect(written).toEqual([{ displayName: 'Claire Durand' }]);
    expect(steps.journalled).toMatchObject([{ name: 'user_updated', data: { fields: ['displayName'] } }]);
  });

  it('of roles looks for another national administrator before it writes, and says the new roles', async () => {
    const { steps, edit } = editing();
    await edit({ roles: ['structure-admin'] });
    const [check, write] = ['lastAdministrator.requireAnother(tx)', 'administration.edit(tx)'];
    expect(steps.taken.indexOf(check)).toBeLessThan(steps.taken.indexOf(write));
    expect(steps.journalled).toMatchObject([
      { name: 'privilege_permissions_changed', data: { roles: ['structure-admin'] } },
    ]);
  });

  it('does not take the role of the last national administrator away', async () => {
    const { steps, edit } = editing({ last: true });
    await expect(edit({ roles: ['professional'] })).rejects.toMatchObject({ code: 'administrator.last' });
    expect(steps.taken.at(-1)).toBe('rollback');
    await editing({ last: true }).edit({ roles: ['national-admin'] });
  });

  it.each<[Status, string]>([
    ['moved', 'precondition.failed'],
    ['missing', 'not-found'],
    ['username-taken', 'account.taken'],
  ])('has no effect when the account is %s', async (status, code) => {
    const { steps, edit } = editing({ status });
    await expect(edit({ username: 'claire' })).rejects.toMatchObject({ code });
    expect(steps.taken.slice(-2)).toEqual(['administration.edit(tx)', 'rollback']);
  });

  it('writes nothing to a version that is not the one it judged, though it may be there by then', async () => {
    const { steps, edit } = editing();
    await expect(edit({ email: 'new@hopital.example' }, 2)).rejects.toMatchObject({
      code: 'precondition.failed',
    });
    expect(steps.taken).toEqual(['administered.touch', 'rules.requireAllowed']);
  });

  it('writes nothing that is not allowed', async () => {
    const { steps, edit } = editing({ allowed: false });
    await expect(edit({ roles: ['national-admin'] })).rejects.toMatchObject({ code: 'permission.denied' });
    expect(steps.taken).toEqual(['administered.touch', 'rules.requireAllowed']);
  });
});
