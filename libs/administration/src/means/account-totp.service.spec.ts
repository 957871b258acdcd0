import type { FactorResetService } from '@portillon/auth';
import type { TotpService } from '@portillon/authenticator';
import { ActSteps } from '../testing/act.fixture';
import { OF_HOSPITAL } from '../testing/administrator.fixture';
import { AccountTotpService } from './account-totp.service';

function app({ ended = true } = {}) {
  const steps = new ActSteps();
  const service = new AccountTotpService(
    steps.transactions,
    steps.administered,
    steps.of<TotpService>('totp', { end: async () => ended }),
    steps.of<FactorResetService>('factorReset', { endAll: async () => undefined }),
    steps.journal,
    steps.notices,
  );
  return { steps, service };
}

describe('the authenticator app of a person', () => {
  it('is ended by an administrator with all that it may have opened, and the person is notified', async () => {
    const { steps, service } = app();
    await service.end(OF_HOSPITAL, 'claire', 'lost phone');
    expect(steps.taken).toEqual([
      'administered.touch',
      'begin',
      'totp.end(tx)',
      'factorReset.endAll(tx)',
      'journal.recordOnAccount(tx)',
      'notices.notify(tx)',
      'commit',
    ]);
    expect(steps.journalled).toEqual([{ name: 'totp_removed', reason: 'lost phone' }]);
    expect(steps.told).toEqual([['totp-removed', 'claire', { by: 'administrator' }]]);
  });

  it('that the person has not ends nothing', async () => {
    const { steps, service } = app({ ended: false });
    await expect(service.end(OF_HOSPITAL, 'claire')).rejects.toMatchObject({ code: 'not-found' });
    expect(steps.taken.at(-1)).toBe('rollback');
    expect(steps.journalled).toEqual([]);
  });
});
