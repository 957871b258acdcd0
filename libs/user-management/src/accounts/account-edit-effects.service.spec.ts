import type { Account, AccountChanges, AccountService } from '@portillon/account';
import type { CodeTimePolicy, FactorResetService } from '@portillon/access';
import type { InvitationService } from '@portillon/recovery';
import type { PendingSignInService, SessionService } from '@portillon/session';
import { ActSteps } from '../testing/act.fixture';
import { claire, NATIONAL } from '../testing/administrator.fixture';
import { AccountEditEffectsService } from './account-edit-effects.service';
import type { SecondAdministratorService } from './second-administrator.service';

const NEW = 'claire.durand@hopital.example';

/** What follows these changes, of an account that has them by now. */
async function effectsOf(before: Account, present: AccountChanges) {
  const steps = new ActSteps();
  const after = { ...before, ...present, roles: [...(present.roles ?? before.roles)] } as Account;
  const service = new AccountEditEffectsService(
    steps.of<AccountService>('accounts', { get: async () => after }),
    steps.of<SecondAdministratorService>('second', { request: async () => undefined }),
    steps.of<FactorResetService>('factorReset', { endAll: async () => undefined }),
    steps.of<InvitationService>('invitations', { send: async () => undefined }),
    steps.of<PendingSignInService>('pendingSignIns', { endAll: async () => 1 }),
    steps.of<SessionService>('sessions', { refreshPrincipal: async () => undefined }),
    steps.of<CodeTimePolicy>('times', { limit: () => undefined }),
    steps.notices,
  );
  await steps.transactions.run((tx) => service.apply(NATIONAL, before, { present, waiting: {} }, tx));
  return { taken: steps.taken, notified: steps.notified };
}

describe('what follows the change of an account', () => {
  it('of roles that give and take nothing: no mail', async () => {
    const { notified } = await effectsOf(claire({ roles: ['structure-admin'] }), {
      roles: ['structure-admin', 'professional'],
    });
    expect(notified).toEqual([]);
  });

  it('of the structure: sign-ins in progress end', async () => {
    const { taken } = await effectsOf(claire(), { structureId: 'clinic' });
    expect(taken).toContain('pendingSignIns.endAll(tx)');
  });

  it('of the address of an invited person: nothing goes to a stranger', async () => {
    const invited = claire({ status: 'INVITED' });
    const { taken, notified } = await effectsOf(invited, { email: NEW, username: 'claire.durand' });
    expect(taken).toEqual(expect.arrayContaining(['factorReset.endAll(tx)', 'invitations.send(tx)']));
    expect(notified).toEqual([]);
  });
});
