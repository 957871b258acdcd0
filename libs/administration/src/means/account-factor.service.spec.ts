import type { AccountAdministrationService } from '@portillon/account';
import type { FactorResetService } from '@portillon/access';
import type { PasskeyService, RecoveryCodeService, TotpService } from '@portillon/authenticator';
import { ActSteps } from '../testing/act.fixture';
import { OF_HOSPITAL } from '../testing/administrator.fixture';
import { AccountFactorService } from './account-factor.service';
import { FactorEndService } from './factor-end.service';

function factors({ had = true } = {}) {
  const steps = new ActSteps();
  const ends = new FactorEndService(
    steps.transactions,
    steps.administered,
    steps.of<AccountAdministrationService>('administration', { noteAccessChange: async () => undefined }),
    steps.of<FactorResetService>('factorReset', { endAll: async () => undefined }),
    steps.journal,
    steps.notices,
  );
  const service = new AccountFactorService(
    ends,
    steps.of<PasskeyService>('passkeys', { end: async () => had }),
    steps.of<TotpService>('totp', { end: async () => had }),
    steps.of<RecoveryCodeService>('recoveryCodes', { end: async () => had }),
  );
  return { steps, service };
}

const WHY = 'lost';

describe.each([
  {
    factor: 'a passkey',
    removed: 'passkeys.end(tx)',
    end: (service: AccountFactorService) => service.endPasskey(OF_HOSPITAL, 'claire', 'key', WHY),
    line: { name: 'passkey_removed', reason: WHY, data: { passkeyId: 'key' } },
    notice: 'passkey-ended',
  },
  {
    factor: 'the authenticator app',
    removed: 'totp.end(tx)',
    end: (service: AccountFactorService) => service.endTotp(OF_HOSPITAL, 'claire', WHY),
    line: { name: 'totp_removed', reason: WHY },
    notice: 'totp-removed',
  },
  {
    factor: 'the sheet of recovery codes',
    removed: 'recoveryCodes.end(tx)',
    end: (service: AccountFactorService) => service.endRecoveryCodes(OF_HOSPITAL, 'claire', WHY),
    line: { name: 'recovery_codes_ended', reason: WHY },
    notice: 'recovery-codes-ended',
  },
])('$factor of a person', ({ removed, end, line, notice }) => {
  it('is ended by an administrator with all that it may have opened, and the person is notified', async () => {
    const { steps, service } = factors();
    await end(service);
    expect(steps.taken).toEqual([
      'administered.touch',
      'begin',
      'administered.claim(tx)',
      removed,
      'administration.noteAccessChange(tx)',
      'factorReset.endAll(tx)',
      'journal.recordOnAccount(tx)',
      'notices.notify(tx)',
      'commit',
    ]);
    expect(steps.journalled).toEqual([line]);
    expect(steps.told).toEqual([[notice, 'claire', { by: 'administrator' }]]);
  });

  it('that the person does not have ends nothing', async () => {
    const { steps, service } = factors({ had: false });
    await expect(end(service)).rejects.toMatchObject({ code: 'not-found' });
    expect(steps.taken.at(-1)).toBe('rollback');
    expect(steps.journalled).toEqual([]);
  });
});
