import type { Account, AccountChanges, AccountService } from '@portillon/account';
import { ActSteps } from '../testing/act.fixture';
import { claire, NATIONAL } from '../testing/administrator.fixture';
import { AccountEditEffectService } from './account-edit-effect.service';
import type { ChangeHoldService } from '../pending/change-hold.service';
import type { EmailReplacementService } from './email-replacement.service';
import type { RightsRefreshService } from './rights-refresh.service';

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

  it('of the address of an invited person: nothing goes to a stranger', async () => {
    const invited = claire({ status: 'INVITED' });
    const { taken, told } = await effectsOf(invited, { email: NEW, username: 'claire.durand' });
    expect(taken).toEqual(['emailReplacement.apply(tx)']);
    expect(told).toEqual([]);
  });
});
