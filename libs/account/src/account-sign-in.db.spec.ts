import { Keyring, SystemRandom } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { AccountAdministrationService } from './account-administration.service';
import { accountPersistence } from './account.persistence';
import { AccountService } from './account.service';
import type { Account, AccountDraft } from './account.types';
import { accountServices } from './testing/account-bench';

const KEYS = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);
const CLAIRE: AccountDraft = {
  username: 'Claire.Martin',
  email: 'Claire.Martin@hopital.example',
  displayName: 'Claire Martin',
};

describeOnEveryEngine('accounts in a sign-in', [accountPersistence], (bench) => {
  const clock = new SettableClock();
  const random = new SystemRandom(clock);
  let accounts: AccountService;

  beforeEach(async () => {
    accounts = accountServices(bench.database, clock, KEYS).accounts;
    await bench.database.execute('DELETE FROM account');
  });

  async function open(draft: Partial<AccountDraft> = {}): Promise<Account> {
    const made = await accounts.create({ ...CLAIRE, ...draft }, bench.database.manager);
    if (made.status !== 'created') throw new Error(made.status);
    return made.account;
  }

  const hold = (id: string, passwordChangedAt: Date | null) =>
    bench.database.transaction((tx) => accounts.holdForSignIn(id, passwordChangedAt, tx));

  it('are given as they stand, and nothing is written', async () => {
    const account = await open();
    expect(await hold(account.id, null)).toEqual(account);
    await accounts.setPassword(account.id, '$argon2id$', bench.database.manager);
    const now = await accounts.get(account.id);
    expect(await hold(account.id, now!.passwordChangedAt)).toEqual(now);
  });

  it.each(['INVITED', 'DEACTIVATED'] as const)('are not given while %s', async (status) => {
    const { id } = await open({ status });
    expect(await hold(id, null)).toBeUndefined();
    expect(
      await bench.database.transaction((tx) => accounts.recordSignIn(id, clock.now(), tx)),
    ).toBeUndefined();
  });

  it('are not given when the password was reset since it was read', async () => {
    const { id } = await open();
    await accounts.resetPassword(id, '$argon2id$next', bench.database.manager);
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
    const administration = new AccountAdministrationService(bench.database, clock, random);
    await administration.edit(id, changes, 1, bench.database.manager);
    const account = await bench.database.transaction((tx) => accounts.recordSignIn(id, clock.now(), tx));
    expect(account).toMatchObject({
      roles: ['professional'],
      structure: null,
      lastSignedInAt: clock.now(),
    });
  });
});
