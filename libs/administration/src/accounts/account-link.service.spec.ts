import type { Account, AccountService } from '@portillon/account';
import type { PendingSignInService, SessionService } from '@portillon/session';
import { ActSteps } from '../testing/act.fixture';
import { claire, NATIONAL } from '../testing/administrator.fixture';
import { AccountLinkService } from './account-link.service';

const NATIONAL_ID = '899700366240';

/** Whether the id was free, or still the account's. */
function links(account: Account, done = true) {
  const steps = new ActSteps(account);
  const service = new AccountLinkService(
    steps.transactions,
    steps.administered,
    steps.of<AccountService>('accounts', {
      linkNationalId: async () => done,
      unlinkNationalId: async () => done,
    }),
    steps.of<PendingSignInService>('pendingSignIns', { endAll: async () => 1 }),
    steps.of<SessionService>('sessions', { endAll: async () => 1 }),
    steps.journal,
    steps.notices,
  );
  return { steps, service };
}

describe('a national id', () => {
  it('is given, written down masked and told, in one transaction', async () => {
    const { steps, service } = links(claire());
    await service.link(NATIONAL, 'claire', NATIONAL_ID);
    const act = ['accounts.linkNationalId(tx)', 'journal.recordOnAccount(tx)', 'notices.notify(tx)'];
    expect(steps.taken).toEqual(['administered.touch', 'begin', ...act, 'commit', 'administered.get']);
    expect(JSON.stringify(steps.journalled)).not.toContain(NATIONAL_ID);
    expect(steps.told).toEqual([['identity-linked', 'claire', { by: 'administrator' }]]);
  });

  it('takes no other’s place', async () => {
    const { steps, service } = links(claire({ nationalId: '800000000001' }));
    await expect(service.link(NATIONAL, 'claire', NATIONAL_ID)).rejects.toMatchObject({
      code: 'account.state',
    });
    expect(steps.taken).toEqual(['administered.touch']);
  });

  it('is not given when another account has it', async () => {
    const { steps, service } = links(claire(), false);
    await expect(service.link(NATIONAL, 'claire', NATIONAL_ID)).rejects.toMatchObject({
      code: 'account.taken',
    });
    expect(steps.taken.at(-1)).toBe('rollback');
    expect(steps.told).toEqual([]);
  });

  it('is taken away with the sessions that it may have opened, and the person is told', async () => {
    const { steps, service } = links(claire({ nationalId: NATIONAL_ID }));
    await service.unlink(NATIONAL, 'claire', 'lost card');
    expect(steps.taken).toEqual([
      'administered.touch',
      'begin',
      'accounts.unlinkNationalId(tx)',
      'pendingSignIns.endAll(tx)',
      'sessions.endAll(tx)',
      'journal.recordOnAccount(tx)',
      'notices.notify(tx)',
      'commit',
      'administered.get',
    ]);
    expect(steps.journalled).toEqual([{ name: 'identity_unlinked', reason: 'lost card' }]);
    expect(steps.told).toEqual([['identity-unlinked', 'claire', { by: 'administrator' }]]);
  });

  it.each([
    ['there is none', claire(), true],
    ['another request took it away first', claire({ nationalId: NATIONAL_ID }), false],
  ])('is not taken away when %s', async (_, account, done) => {
    const { steps, service } = links(account, done);
    await expect(service.unlink(NATIONAL, 'claire')).rejects.toMatchObject({ code: 'account.state' });
    expect(steps.taken).not.toContain('sessions.endAll(tx)');
    expect(steps.told).toEqual([]);
  });
});
