import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { AccountAdministrationService } from './account-administration.service';
import { accountPersistence } from './account.persistence';
import type { AccountService } from './account.service';
import type { Account, AccountDraft } from './account.types';
import { accountServices } from './testing/account-bench';

const CLAIRE: AccountDraft = {
  username: 'Claire.Martin',
  email: 'Claire.Martin@hopital.example',
  displayName: 'Claire Martin',
};

describeOnEveryEngine('accounts in a sign-in', [accountPersistence], (bench) => {
  const clock = new SettableClock();
  let accounts: AccountService;
  let administration: AccountAdministrationService;

  beforeEach(async () => {
    ({ accounts, administration } = accountServices(bench.dataSource, clock));
    await bench.empty();
  });

  async function open(draft: Partial<AccountDraft> = {}): Promise<Account> {
    const made = await accounts.create({ ...CLAIRE, ...draft }, bench.dataSource.manager);
    if (made.status !== 'created') throw new Error(made.status);
    return made.account;
  }

  const hold = (id: string, passwordChangedAt: Date | null) =>
    bench.transactions.run((tx) => accounts.holdForSignIn(id, passwordChangedAt, tx));

  it('are given as they stand, and nothing is written', async () => {
    const account = await open();
    expect(await hold(account.id, null)).toEqual(account);
    await accounts.setPassword(account.id, '$argon2id$', bench.dataSource.manager);
    const now = await accounts.get(account.id);
    expect(await hold(account.id, now!.passwordChangedAt)).toEqual(now);
  });

  it.each(['INVITED', 'DEACTIVATED'] as const)('are not given while %s', async (status) => {
    const { id } = await open({ status });
    expect(await hold(id, null)).toBeUndefined();
    expect(await bench.transactions.run((tx) => accounts.recordSignIn(id, clock.now(), tx))).toBeUndefined();
  });

  it('are not given when the password was reset since it was read', async () => {
    const { id } = await open();
    await accounts.resetPassword(id, '$argon2id$next', bench.dataSource.manager);
    expect(await hold(id, null)).toBeUndefined();
    expect(await hold(id, new Date(clock.now().getTime() - 1))).toBeUndefined();
  });

  it('are given when the password was only hashed anew', async () => {
    const { id } = await open({ passwordDigest: '$argon2id$old' });
    const read = await accounts.get(id);
    await accounts.rehash(id, '$argon2id$old', '$argon2id$dearer');
    expect((await hold(id, read!.passwordChangedAt))?.passwordDigest).toBe('$argon2id$dearer');
  });

  it('are given with the roles and the structure of now when the session opens, and its moment is noted', async () => {
    const { id } = await open({ roles: ['national-admin'], structureId: 's1' });
    const changes = { roles: ['professional'], structureId: null };
    await administration.edit(id, changes, 1, bench.dataSource.manager);
    const account = await bench.transactions.run((tx) => accounts.recordSignIn(id, clock.now(), tx));
    expect(account).toMatchObject({
      roles: ['professional'],
      structure: null,
      lastSignedInAt: clock.now(),
    });
  });
});
