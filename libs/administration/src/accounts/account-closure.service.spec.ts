import type { AccountAdministrationService } from '@portillon/account';
import type { FactorResetService } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import { ActSteps } from '../testing/act.fixture';
import { claire, NATIONAL } from '../testing/administrator.fixture';
import { AccountClosureService } from './account-closure.service';

/** Whether the account was in the state for the act; whether it is the last national administrator's. */
function closure({ possible = true, last = false, account = claire() } = {}) {
  const steps = new ActSteps(account, last ? new AppError('administrator.last') : undefined);
  const service = new AccountClosureService(
    steps.transactions,
    steps.administered,
    steps.lastAdministrator,
    steps.of<AccountAdministrationService>('administration', {
      deactivate: async () => possible,
      reactivate: async () => possible,
      remove: async () => possible,
    }),
    steps.of<FactorResetService>('factorReset', { endAll: async () => undefined }),
    steps.journal,
    steps.notices,
  );
  return { steps, service };
}

describe('the closing of an account', () => {
  it('locks the account, ends whatever is open, is written down and told, in one transaction', async () => {
    const { steps, service } = closure();
    await service.close(NATIONAL, 'claire', 'left');
    expect(steps.taken).toEqual([
      'administered.touchOther',
      'begin',
      'lastAdministrator.requireAnother(tx)',
      'administered.claim(tx)',
      'administration.deactivate(tx)',
      'factorReset.endAll(tx)',
      'journal.recordOnAccount(tx)',
      'notices.notify(tx)',
      'commit',
      'administered.get',
    ]);
    expect(steps.journalled).toEqual([{ name: 'user_archived', reason: 'left' }]);
    expect(steps.told).toEqual([['account-closed', 'claire', { by: 'administrator' }]]);
  });

  it('ends nothing when the account was closed already', async () => {
    const { steps, service } = closure({ possible: false });
    await expect(service.close(NATIONAL, 'claire')).rejects.toMatchObject({ code: 'account.state' });
    expect(steps.taken.slice(-2)).toEqual(['administration.deactivate(tx)', 'rollback']);
  });

  it('does not take place for the last national administrator', async () => {
    const { steps, service } = closure({ last: true });
    await expect(service.close(NATIONAL, 'claire')).rejects.toMatchObject({ code: 'administrator.last' });
    expect(steps.taken.slice(-2)).toEqual(['lastAdministrator.requireAnother(tx)', 'rollback']);
  });
});

describe('the deletion of an account by its directory', () => {
  it('closes it, and hides it in the same transaction', async () => {
    const { steps, service } = closure();
    await service.remove(NATIONAL, 'claire');
    expect(steps.taken.slice(-6)).toEqual([
      'administration.deactivate(tx)',
      'factorReset.endAll(tx)',
      'journal.recordOnAccount(tx)',
      'notices.notify(tx)',
      'administration.remove(tx)',
      'commit',
    ]);
    expect(steps.journalled).toEqual([{ name: 'user_archived', reason: undefined }]);
  });

  it('is recorded also where it was closed before, without a second notice', async () => {
    const { steps, service } = closure({ account: claire({ status: 'DEACTIVATED' }) });
    await service.remove(NATIONAL, 'claire');
    const act = ['begin', 'journal.recordOnAccount(tx)', 'administration.remove(tx)', 'commit'];
    expect(steps.taken).toEqual(['administered.touchOther', ...act]);
  });

  it('takes place once', async () => {
    const { steps, service } = closure({
      account: claire({ status: 'DEACTIVATED' }),
      possible: false,
    });
    await expect(service.remove(NATIONAL, 'claire')).rejects.toMatchObject({ code: 'account.state' });
    expect(steps.taken.at(-1)).toBe('rollback');
  });
});

describe('the reopening of an account', () => {
  it('is written down in its transaction', async () => {
    const { steps, service } = closure();
    await service.reopen(NATIONAL, 'claire', 'is back');
    const act = [
      'begin',
      'administered.claim(tx)',
      'administration.reactivate(tx)',
      'journal.recordOnAccount(tx)',
      'commit',
    ];
    expect(steps.taken).toEqual(['administered.touch', ...act, 'administered.get']);
    expect(steps.journalled).toEqual([{ name: 'user_reactivated', reason: 'is back' }]);
  });

  it('is not written down when the account was open', async () => {
    const { steps, service } = closure({ possible: false });
    await expect(service.reopen(NATIONAL, 'claire')).rejects.toMatchObject({ code: 'account.state' });
    expect(steps.taken.at(-1)).toBe('rollback');
    expect(steps.journalled).toEqual([]);
  });
});
