import type { Account, AccountChanges, AccountService } from '@portillon/account';
import { ActSteps } from '../testing/act.fixture';
import { claire, NATIONAL } from '../testing/administrator.fixture';
import { AccountEditEffectService } from './account-edit-effect.service';
import type { ChangeHoldService } from './change-hold.service';
import type { EmailReplacementService } from './email-replacement.service';
import type { RightsRefreshService } from './rights-refresh.service';

const OLD = 'claire@hopital.example';
const NEW = 'claire.durand@hopital.example';

/** What follows these changes, of an account that has them by now. */
async function effectsOf(before: Account, present: AccountChanges, waiting: AccountChanges = {}) {
  const steps = new ActSteps();
  const after = { ...before, ...present, roles: [...(present.roles ?? before.roles)] } as Account;
  const otherRights: boolean[] = [];
  const held: unknown[] = [];
  const service = new AccountEditEffectService(
    steps.of<AccountService>('accounts', { get: async () => after }),
    steps.of<ChangeHoldService>('changeHold', {
      hold: async (_administrator, _account, change, reason) => void held.push([change, reason]),
    }),
    steps.of<EmailReplacementService>('emailReplacement', { apply: async () => undefined }),
    steps.of<RightsRefreshService>('rights', { refresh: async (_, other) => void otherRights.push(other) }),
    steps.notices,
  );
  await steps.transactions.run((tx) =>
    service.apply(NATIONAL, before, { present, waiting, reason: 'asked' }, tx),
  );
  return { taken: steps.taken.slice(2, -1), told: steps.told, otherRights, held };
}

describe('what follows the change of an account', () => {
  it('of a name: open sessions show it, and no mail is written', async () => {
    const { taken, told, otherRights } = await effectsOf(claire(), { displayName: 'Claire Durand' });
    expect([taken, otherRights]).toEqual([['rights.refresh(tx)'], [false]]);
    expect(told).toEqual([]);
  });

  it('of roles: sign-ins in progress end, open sessions have them at once, the person is told', async () => {
    const { taken, told, otherRights } = await effectsOf(claire(), { roles: ['structure-admin'] });
    expect([taken, otherRights]).toEqual([['rights.refresh(tx)', 'notices.notify(tx)'], [true]]);
    expect(told).toEqual([['rights-changed', 'claire', { by: 'administrator' }]]);
  });

  it('of roles that give and take nothing: no mail', async () => {
    const { told } = await effectsOf(claire({ roles: ['structure-admin'] }), {
      roles: ['structure-admin', 'professional'],
    });
    expect(told).toEqual([]);
  });

  it('of the structure: sign-ins in progress end', async () => {
    const { otherRights } = await effectsOf(claire(), { structureId: 'clinic' });
    expect(otherRights).toEqual([true]);
  });

  it('of the user name: the person is told', async () => {
    const { told } = await effectsOf(claire(), { username: 'claire.durand' });
    expect(told).toEqual([['username-changed', 'claire', { by: 'administrator' }]]);
  });

  it('of the address: it is replaced, and the one before is told of what else changed', async () => {
    const { taken, told } = await effectsOf(claire(), { email: NEW, username: 'claire.durand' });
    expect(taken).toEqual(['emailReplacement.apply(tx)', 'notices.notify(tx)']);
    expect(told).toEqual([['username-changed', 'claire', { by: 'administrator', to: OLD }]]);
  });

  it('of an address that is not written yet: it waits, and what is open stays', async () => {
    const present = { displayName: 'Claire Durand' };
    const { taken, held } = await effectsOf(claire(), present, { email: NEW });
    expect(taken).toEqual(['rights.refresh(tx)', 'changeHold.hold(tx)']);
    expect(held).toEqual([[{ kind: 'email', value: NEW }, 'asked']]);
  });

  it('of roles that are not written yet: they wait, and open sessions keep their rights', async () => {
    const roles = ['professional', 'structure-admin'];
    const { held, otherRights, told } = await effectsOf(claire(), {}, { roles });
    expect(held).toEqual([[{ kind: 'roles', value: 'professional structure-admin' }, 'asked']]);
    expect([otherRights, told]).toEqual([[false], []]);
  });

  it('of the address of an invited person: nothing goes to a stranger', async () => {
    const invited = claire({ status: 'INVITED' });
    const { taken, told } = await effectsOf(invited, { email: NEW, username: 'claire.durand' });
    expect(taken).toEqual(['emailReplacement.apply(tx)']);
    expect(told).toEqual([]);
  });
});
