import { Keyring } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { AccountEntity } from '../account.entity';
import { accountPersistence } from '../account.persistence';
import type { AccountService } from '../account.service';
import type { Account, AccountDraft } from '../account.types';
import { accountServices, KEYS } from '../testing/account-bench';

const ROTATED = new Keyring([
  { id: 'k2', secret: Buffer.alloc(32, 2) },
  { id: 'k1', secret: Buffer.alloc(32, 1) },
]);
const FOREIGN = new Keyring([{ id: 'k3', secret: Buffer.alloc(32, 3) }]);
const NUMBER = '+33612345642';
const CLAIRE: AccountDraft = {
  username: 'Claire.Martin',
  email: 'Claire.Martin@hopital.example',
  displayName: 'Claire Martin',
};

describeOnEveryEngine('the mobile number', [accountPersistence], (bench) => {
  const clock = new SettableClock();
  let accounts: AccountService;

  beforeEach(async () => {
    accounts = withKeys(KEYS);
    await bench.empty();
  });

  async function open(draft: Partial<AccountDraft> = {}): Promise<Account> {
    const made = await accounts.create({ ...CLAIRE, ...draft }, bench.dataSource.manager);
    if (made.status !== 'created') throw new Error(made.status);
    return made.account;
  }

  function withKeys(keyring: Keyring): AccountService {
    return accountServices(bench.dataSource, clock, keyring).accounts;
  }

  async function openWithPhone(): Promise<Account> {
    const { id } = await open();
    await accounts.setPhone(id, NUMBER, bench.dataSource.manager);
    await accounts.markPhoneVerified(id, NUMBER, bench.dataSource.manager);
    await accounts.setCodeChannel(id, 'SMS');
    return (await accounts.get(id))!;
  }

  it('is « Non validé » at first, and codes still come by mail', async () => {
    const { id } = await open();
    expect(await accounts.setPhone(id, NUMBER, bench.dataSource.manager)).toBe(true);
    expect(await accounts.get(id)).toMatchObject({
      phone: { number: NUMBER, verifiedAt: null },
      codeChannel: 'EMAIL',
      version: 2,
    });
    expect(await accounts.setCodeChannel(id, 'SMS')).toBe(false);
    expect(await accounts.setCodeChannel(id, 'EMAIL')).toBe(true);
  });

  it('once proved lets SMS be chosen, and does not choose it', async () => {
    const { id } = await open();
    await accounts.setPhone(id, NUMBER, bench.dataSource.manager);
    expect(await accounts.markPhoneVerified(id, NUMBER, bench.dataSource.manager)).toBe(true);
    expect(await accounts.get(id)).toMatchObject({
      phone: { number: NUMBER, verifiedAt: clock.now() },
      codeChannel: 'EMAIL',
    });
    expect(await accounts.setCodeChannel(id, 'SMS')).toBe(true);
    expect((await accounts.get(id))?.codeChannel).toBe('SMS');
  });

  it('is not proved by the code sent to the one before', async () => {
    const { id } = await open();
    await accounts.setPhone(id, NUMBER, bench.dataSource.manager);
    await accounts.setPhone(id, '+33612345643', bench.dataSource.manager);
    expect(await accounts.markPhoneVerified(id, NUMBER, bench.dataSource.manager)).toBe(false);
    expect((await accounts.get(id))?.phone?.verifiedAt).toBeNull();
  });

  it('is proved once', async () => {
    const { id } = await openWithPhone();
    expect(await accounts.markPhoneVerified(id, NUMBER, bench.dataSource.manager)).toBe(false);
    expect(await accounts.markPhoneVerified('nobody', NUMBER, bench.dataSource.manager)).toBe(false);
  });

  it('when changed or removed undoes the proof and the choice of SMS', async () => {
    const { id } = await openWithPhone();
    await accounts.setPhone(id, '+33612345643', bench.dataSource.manager);
    expect(await accounts.get(id)).toMatchObject({ phone: { verifiedAt: null }, codeChannel: 'EMAIL' });
    await accounts.removePhone(id, bench.dataSource.manager);
    expect(await accounts.get(id)).toMatchObject({ phone: null, codeChannel: 'EMAIL' });
    expect(await accounts.setCodeChannel(id, 'SMS')).toBe(false);
  });

  it('stands nowhere in the database, and two people with the same one cannot be told', async () => {
    const [one, two] = [await open({ username: 'one' }), await open({ username: 'two' })];
    for (const { id } of [one, two]) await accounts.setPhone(id, NUMBER, bench.dataSource.manager);
    const rows = await bench.dataSource.getRepository(AccountEntity).find();
    expect(JSON.stringify(rows)).not.toMatch(/612345642|12345642/);
    expect(rows[0]!.phoneSealed).not.toBe(rows[1]!.phoneSealed);
  });

  it('is still read after the keys rotated', async () => {
    const { id } = await openWithPhone();
    expect((await withKeys(ROTATED).get(id))?.phone?.number).toBe(NUMBER);
  });

  it('that no key opens any more locks nobody out: codes come by mail', async () => {
    const { id } = await openWithPhone();
    expect(await withKeys(FOREIGN).get(id)).toMatchObject({ phone: null, codeChannel: 'EMAIL' });
    expect(await withKeys(FOREIGN).markPhoneVerified(id, NUMBER, bench.dataSource.manager)).toBe(false);
  });

  it('that this ring has no key for is named, reported once, and not overwritten', async () => {
    const { id } = await openWithPhone();
    const elsewhere = accountServices(bench.dataSource, clock, FOREIGN);
    expect(await elsewhere.accounts.get(id)).toMatchObject({ phone: null, phoneKeyMissing: 'k1' });
    const another = elsewhere.accounts.setPhone(id, '+33612345643', bench.dataSource.manager);
    await expect(another).rejects.toMatchObject({ code: 'service.busy' });
    expect(elsewhere.phones.missingKeys).toEqual(['k1']);
    expect((await accounts.get(id))?.phone?.number).toBe(NUMBER);
  });

  it('copied from another row by whoever can write to the database is no number', async () => {
    const [one, two] = [await openWithPhone(), await open({ username: 'two' })];
    const rows = bench.dataSource.getRepository(AccountEntity);
    const { phoneSealed, phoneVerifiedAt } = await rows.findOneByOrFail({ id: one.id });
    await rows.update({ id: two.id }, { phoneSealed, phoneVerifiedAt, codeChannel: 'SMS' });
    expect(await accounts.get(two.id)).toMatchObject({ phone: null, codeChannel: 'EMAIL' });
  });
});
