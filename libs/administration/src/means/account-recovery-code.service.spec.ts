import type { FactorResetService } from '@portillon/auth';
import type { RecoveryCodeService } from '@portillon/authenticator';
import { ActSteps } from '../testing/act.fixture';
import { NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';
import { AccountRecoveryCodeService } from './account-recovery-code.service';

function recoveryCodes(had = true) {
  const steps = new ActSteps();
  const service = new AccountRecoveryCodeService(
    steps.transactions,
    steps.administered,
    steps.of<RecoveryCodeService>('codes', { end: async () => had }),
    steps.of<FactorResetService>('factorReset', { endAll: async () => undefined }),
    steps.journal,
    steps.notices,
  );
  return { steps, service };
}

describe('the recovery codes of a person', () => {
  it('are ended with all that one may have opened, and their person is notified', async () => {
    const { steps, service } = recoveryCodes();
    await service.end(OF_HOSPITAL, 'claire', 'sheet lost');
    expect(steps.taken).toEqual([
      'administered.touch',
      'begin',
      'codes.end(tx)',
      'factorReset.endAll(tx)',
      'journal.recordOnAccount(tx)',
      'notices.notify(tx)',
      'commit',
    ]);
    expect(steps.journalled).toEqual([{ name: 'recovery_codes_ended', reason: 'sheet lost' }]);
    expect(steps.told).toEqual([['recovery-codes-ended', 'claire', { by: 'administrator' }]]);
  });

  it('of a person who has none are not ended', async () => {
    const { steps, service } = recoveryCodes(false);
    await expect(service.end(NATIONAL, 'claire')).rejects.toMatchObject({ code: 'not-found' });
    expect(steps.taken.at(-1)).toBe('rollback');
    expect(steps.journalled).toEqual([]);
  });
});
