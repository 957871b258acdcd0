import type { Account, AccountChanges, AccountService } from '@portillon/account';
import type { SignInPolicy } from '@portillon/auth';
import type { PendingSignInService, SessionService } from '@portillon/session';
import { ActSteps } from '../testing/act.fixture';
import { claire, NATIONAL } from '../testing/administrator.fixture';
import { AccountEditEffectService } from './account-edit-effect.service';
import type { EmailHoldService } from './email-hold.service';
import type { EmailReplacementService } from './email-replacement.service';

const OLD = 'claire@hopital.example';
const NEW = 'claire.durand@hopital.example';

/** What follows these changes, of an account that has them by now. */
async function effectsOf(before: Account, changes: AccountChanges, written: AccountChanges = changes) {
  const steps = new ActSteps();
  const after = { ...before, ...written, roles: [...(changes.roles ?? before.roles)] } as Account;
  const policy: Partial<SignInPolicy> = { codeLimit: () => null as never };
  const service = new AccountEditEffectService(
    steps.of<AccountService>('accounts', { get: async () => after }),
    steps.of<EmailHoldService>('emailHold', { hold: async () => undefined }),
    steps.of<EmailReplacementService>('emailReplacement', { apply: async () => undefined }),
    steps.of<PendingSignInService>('pendingSignIns', { endAll: async () => 1 }),
    steps.of<SessionService>('sessions', { refreshPrincipal: async () => undefined as never }),
    policy as SignInPolicy,
    steps.notices,
  );
  await steps.transactions.run((tx) => service.apply(NATIONAL, before, changes, tx));
  return { taken: steps.taken.slice(2, -1), told: steps.told };
}

describe('what follows the change of an account', () => {
  it('of a name: open sessions show it, and no mail is written', async () => {
    const { taken, told } = await effectsOf(claire(), { displayName: 'Claire Durand' });
    expect(taken).toEqual(['sessions.refreshPrincipal(tx)']);
    expect(told).toEqual([]);
  });

  it('of roles: sign-ins in progress end, open sessions have them at once, the person is told', async () => {
    const { taken, told } = await effectsOf(claire(), { roles: ['structure-admin'] });
    expect(taken).toEqual([
      'pendingSignIns.endAll(tx)',
      'sessions.refreshPrincipal(tx)',
      'notices.notify(tx)',
    ]);
    expect(told).toEqual([['rights-changed', 'claire', { by: 'administrator' }]]);
  });

  it('of roles that give and take nothing: no mail', async () => {
    const { told } = await effectsOf(claire({ roles: ['structure-admin'] }), {
      roles: ['structure-admin', 'professional'],
    });
    expect(told).toEqual([]);
  });

  it('of the structure: sign-ins in progress end', async () => {
    const { taken } = await effectsOf(claire(), { structureId: 'clinic' });
    expect(taken[0]).toBe('pendingSignIns.endAll(tx)');
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
    const changes = { email: NEW, displayName: 'Claire Durand' };
    const { taken } = await effectsOf(claire(), changes, { displayName: 'Claire Durand' });
    expect(taken).toEqual(['sessions.refreshPrincipal(tx)', 'emailHold.hold(tx)']);
  });

  it('of the address of an invited person: nothing goes to a stranger', async () => {
    const invited = claire({ status: 'INVITED' });
    const { taken, told } = await effectsOf(invited, { email: NEW, username: 'claire.durand' });
    expect(taken).toEqual(['emailReplacement.apply(tx)']);
    expect(told).toEqual([]);
  });
});
