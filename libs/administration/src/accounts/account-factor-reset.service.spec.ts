import type { AccountAdministrationService } from '@portillon/account';
import type { FactorResetService } from '@portillon/access';
import type { AuthenticatorService } from '@portillon/authenticator';
import { ActSteps } from '../testing/act.fixture';
import { NATIONAL } from '../testing/administrator.fixture';
import { AccountFactorResetService } from './account-factor-reset.service';

it('a reset of factors removes number, passkeys, app and recovery codes before it ends what was opened, and notifies the person', async () => {
  const steps = new ActSteps();
  const reasons: string[] = [];
  const service = new AccountFactorResetService(
    steps.transactions,
    steps.administered,
    steps.of<AccountAdministrationService>('administration', { resetPhone: async () => undefined }),
    steps.of<AuthenticatorService>('authenticators', {
      endAll: async () => ({ passkeys: 1, totp: true, recoveryCodes: true }),
    }),
    steps.of<FactorResetService>('factorReset', { endAll: async (_, why) => void reasons.push(why) }),
    steps.journal,
    steps.notices,
  );
  await service.reset(NATIONAL, 'claire', 'lost the phone');
  expect(steps.taken).toEqual([
    'administered.touch',
    'begin',
    'administered.claim(tx)',
    'administration.resetPhone(tx)',
    'authenticators.endAll(tx)',
    'factorReset.endAll(tx)',
    'journal.recordOnAccount(tx)',
    'notices.notify(tx)',
    'notices.notify(tx)',
    'notices.notify(tx)',
    'notices.notify(tx)',
    'commit',
    'administered.get',
  ]);
  expect(reasons).toEqual(['factors_reset']);
  expect(steps.journalled).toEqual([{ name: 'authn_factors_reset', reason: 'lost the phone' }]);
  expect(steps.told).toEqual([
    ['phone-changed', 'claire', { by: 'administrator' }],
    ['passkey-removed', 'claire', { by: 'administrator' }],
    ['totp-removed', 'claire', { by: 'administrator' }],
    ['recovery-codes-ended', 'claire', { by: 'administrator' }],
  ]);
});
