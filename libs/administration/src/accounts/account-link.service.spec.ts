import type { Account, AccountAdministrationService, AccountService } from '@portillon/account';
import { ActSteps } from '../testing/act.fixture';
import { claire, NATIONAL } from '../testing/administrator.fixture';
import { AccountLinkService } from './account-link.service';
import type { ChangeHoldService } from './change-hold.service';

const NATIONAL_ID = '899700366240';

/** Whether the id was free when it was asked for, and still is when it is written; whether it waits. */
function links(account: Account, { free = true, holder = 'marc', done = true, waits = false } = {}) {
  const steps = new ActSteps(account);
  const service = new AccountLinkService(
    steps.transactions,
    steps.administered,
    steps.of<AccountService>('accounts', {
      findByNationalId: async () => (free ? undefined : claire({ id: holder })),
      linkNationalId: async () => done,
    }),
    steps.of<AccountAdministrationService>('administration', { noteAccessChange: async () => undefined }),
    steps.of<ChangeHoldService>('changeHold', { isNeeded: () => waits, hold: async () => undefined }),
    steps.journal,
    steps.notices,
  );
  return { steps, service };
}

describe('a national id', () => {
  it('is given, written down masked and told, in one transaction', async () => {
    const { steps, service } = links(claire());
    await service.link(NATIONAL, 'claire', NATIONAL_ID);
    expect(steps.taken.slice(2)).toEqual([
      'begin',
      'administered.claim(tx)',
      'changeHold.isNeeded',
      'accounts.linkNationalId(tx)',
      'administration.noteAccessChange(tx)',
      'journal.recordOnAccount(tx)',
      'notices.notify(tx)',
      'commit',
      'administered.get',
    ]);
    expect(JSON.stringify(steps.journalled)).not.toContain(NATIONAL_ID);
    expect(steps.told).toEqual([['identity-linked', 'claire', { by: 'administrator' }]]);
  });

  it('waits where the account is an administrator’s, and opens nothing yet', async () => {
    const { steps, service } = links(claire(), { waits: true });
    await service.link(NATIONAL, 'claire', NATIONAL_ID);
    expect(steps.taken).toContain('changeHold.hold(tx)');
    expect(steps.taken).not.toContain('accounts.linkNationalId(tx)');
    expect(steps.told).toEqual([]);
  });

  it('takes no other’s place', async () => {
    const { steps, service } = links(claire({ nationalId: '800000000001' }));
    await expect(service.link(NATIONAL, 'claire', NATIONAL_ID)).rejects.toMatchObject({
      code: 'account.state',
    });
    expect(steps.taken).toEqual(['administered.touch']);
  });

  it('is left to the claim of the version when the account itself has it since it was read', async () => {
    const { steps, service } = links(claire(), { free: false, holder: 'claire' });
    await service.link(NATIONAL, 'claire', NATIONAL_ID);
    expect(steps.taken).toContain('administered.claim(tx)');
  });

  it.each([{ free: false }, { done: false }])('is not given when another account has it: %j', async (how) => {
    const { steps, service } = links(claire(), how);
    await expect(service.link(NATIONAL, 'claire', NATIONAL_ID)).rejects.toMatchObject({
      code: 'account.taken',
    });
    expect(steps.taken).not.toContain('commit');
    expect(steps.told).toEqual([]);
  });
});
