import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import type { AccountAdministrationService } from '../administration/account-administration.service';
import { accountPersistence } from '../account.persistence';
import type { AccountService } from './account.service';
import type { Account, AccountDraft, EmergencyAccess, SignInAccount } from './account.types';
import type { AccountPhoneService } from '../phones/account-phone.service';
import { accountServices } from '../testing/account.fixture';

const CLAIRE: AccountDraft = {
  username: 'Claire.Martin',
  email: 'Claire.Martin@hopital.example',
  displayName: 'Claire Martin',
};

const EMERGENCY: EmergencyAccess = { means: 'password', until: new Date('2030-01-01') };

describeOnEveryEngine('accounts in a sign-in', [accountPersistence], (bench) => {
  const clock = new SettableClock();
  let accounts: AccountService;
  let administration: AccountAdministrationService;
  let phones: AccountPhoneService;

  beforeEach(async () => {
    ({ accounts, administration, accountPhones: phones } = accountServices(bench.dataSource, clock));
    await bench.empty();
  });

  async function open(draft: Partial<AccountDraft> = {}): Promise<Account> {
    const made = await accounts.create({ ...CLAIRE, ...draft }, bench.dataSource.manager);
    if (made.status !== 'created') throw new Error(made.status);
    return made.account;
  }

  const read = async () => (await accounts.findForSignIn(CLAIRE.username))!;
  const hold = (account: SignInAccount) =>
    bench.transactions.run((tx) => accounts.lockForUpdate(account, tx));

  it('are returned as read when nothing changed, without a write', async () => {
    await open();
    const account = await read();
    expect(await hold(account)).toBe(account);
    expect(await read()).toEqual(account);
  });

  it('are read with the data of a sign-in, by every means', async () => {
    const { id } = await open({ roles: ['professional'], nationalId: '899700366240' });
    await phones.set(id, '+33639980012', bench.dataSource.manager);
    expect(await accounts.get(id)).toMatchObject(await read());
  });

  it('are read with the data for an application, without secrets', async () => {
    const { id } = await open({ roles: ['professional'], nationalId: '899700366240', passwordDigest: '$a$' });
    const profile = (await accounts.profile(id))!;
    expect(await accounts.get(id)).toMatchObject(profile);
    expect(Object.keys(profile)).not.toContain('passwordDigest');
    expect(await accounts.profile('unknown')).toBeUndefined();
  });

  it.each<[string, (id: string, tx: EntityManager) => Promise<unknown>]>([
    ['address', (id, tx) => accounts.setEmail(id, 'claire@clinique.example', tx)],
    ['language', (id, tx) => accounts.setLocale(id, 'en', tx)],
    ['number', (id, tx) => phones.set(id, '+33639980012', tx)],
    ['channel', (id, tx) => phones.setCodeChannel(id, 'EMAIL', tx)],
    ['national id', (id, tx) => accounts.linkNationalId(id, '899700366240', tx)],
    ['roles', (id, tx) => administration.edit(id, { roles: ['structure-admin'] }, 1, tx)],
    ['structure', (id, tx) => administration.edit(id, { structureId: 's1' }, 1, tx)],
    ['emergency access', (id, tx) => administration.openEmergencyAccess(id, EMERGENCY, tx)],
  ])('are given as they stand, not as they were read, once the %s changed', async (_, change) => {
    const { id } = await open();
    const before = await read();
    await bench.transactions.run((tx) => change(id, tx));
    const held = await hold(before);
    expect(held).toEqual(await read());
    expect(held?.version).toBe(2);
  });

  it.each(['INVITED', 'DEACTIVATED'] as const)('are not returned while %s', async (status) => {
    const { id } = await open({ status });
    expect(await hold(await read())).toBeUndefined();
    expect(await bench.transactions.run((tx) => accounts.recordSignIn(id, clock.now(), tx))).toBeUndefined();
  });

  it('are not returned when they were closed after the read', async () => {
    const { id } = await open();
    const before = await read();
    await bench.transactions.run((tx) => administration.deactivate(id, tx));
    expect(await hold(before)).toBeUndefined();
  });

  it('are not returned when the password was reset after the read', async () => {
    const { id } = await open();
    const before = await read();
    await accounts.resetPassword(id, '$argon2id$next', bench.dataSource.manager);
    expect(await hold(before)).toBeUndefined();
    const after = await read();
    clock.advance(1);
    await accounts.setPassword(id, '$argon2id$third', bench.dataSource.manager);
    expect(await hold(after)).toBeUndefined();
  });

  it('are not returned when a session opens by a password that has changed since', async () => {
    const { id } = await open({ passwordDigest: '$argon2id$first' });
    const before = await read();
    const signIn = () => bench.transactions.run((tx) => accounts.recordSignIn(id, clock.now(), tx, before));
    expect(await signIn()).toMatchObject({ id });
    clock.advance(1);
    await accounts.setPassword(id, '$argon2id$second', bench.dataSource.manager);
    expect(await signIn()).toBeUndefined();
  });

  it('are returned when the password was only hashed again', async () => {
    const { id } = await open({ passwordDigest: '$argon2id$old' });
    const account = await read();
    await accounts.rehash(id, '$argon2id$old', '$argon2id$dearer');
    expect(await hold(account)).toBe(account);
  });

  it('are returned with their present roles and structure when the session opens', async () => {
    const { id } = await open({ roles: ['national-admin'], structureId: 's1' });
    const changes = { roles: ['professional'], structureId: null };
    await administration.edit(id, changes, 1, bench.dataSource.manager);
    const account = await bench.transactions.run((tx) => accounts.recordSignIn(id, clock.now(), tx));
    expect(account).toMatchObject({ roles: ['professional'], structure: null });
    expect((await accounts.get(id))?.lastSignedInAt).toEqual(clock.now());
  });
});
