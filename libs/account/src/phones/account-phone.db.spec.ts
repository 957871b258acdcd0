import { Keyring } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { AccountEntity } from '../account/account.entity';
import { accountPersistence } from '../account.persistence';
import type { AccountService } from '../account/account.service';
import type { Account, AccountDraft } from '../account/account.types';
import type { AccountPhoneService } from './account-phone.service';
import { accountServices, KEYS } from '../testing/account.fixture';

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
  let phones: AccountPhoneService;

  beforeEach(async () => {
    ({ accounts, accountPhones: phones } = servicesWith(KEYS));
    await bench.empty();
  });

  async function open(draft: Partial<AccountDraft> = {}): Promise<Account> {
    const made = await accounts.create({ ...CLAIRE, ...draft }, bench.dataSource.manager);
    if (made.status !== 'created') throw new Error(made.status);
    return made.account;
  }

  function servicesWith(keyring: Keyring) {
    return accountServices(bench.dataSource, clock, keyring);
  }

  async function openWithPhone(): Promise<Account> {
    const { id } = await open();
    await phones.set(id, NUMBER, bench.dataSource.manager);
    await phones.markVerified(id, NUMBER, bench.dataSource.manager);
    await phones.setCodeChannel(id, 'SMS');
    return (await accounts.get(id))!;
  }

  it('is « Non validé » at first, and codes still come by mail', async () => {
    const { id } = await open();
    expect(await phones.set(id, NUMBER, bench.dataSource.manager)).toBe(true);
    expect(await accounts.get(id)).toMatchObject({
      phone: { number: NUMBER, verifiedAt: null },
      codeChannel: 'EMAIL',
      version: 2,
    });
    expect(await phones.setCodeChannel(id, 'SMS')).toBe(false);
    expect(await phones.setCodeChannel(id, 'EMAIL')).toBe(true);
  });

  it('allows SMS once proved, and does not choose it', async () => {
    const { id } = await open();
    await phones.set(id, NUMBER, bench.dataSource.manager);
    expect(await phones.markVerified(id, NUMBER, bench.dataSource.manager)).toBe(true);
    expect(await accounts.get(id)).toMatchObject({
      phone: { number: NUMBER, verifiedAt: clock.now() },
      codeChannel: 'EMAIL',
    });
    expect(await phones.setCodeChannel(id, 'SMS')).toBe(true);
    expect((await accounts.get(id))?.codeChannel).toBe('SMS');
  });

  it('is not proved by the code sent to the previous one', async () => {
    const { id } = await open();
    await phones.set(id, NUMBER, bench.dataSource.manager);
    await phones.set(id, '+33612345643', bench.dataSource.manager);
    expect(await phones.markVerified(id, NUMBER, bench.dataSource.manager)).toBe(false);
    expect((await accounts.get(id))?.phone?.verifiedAt).toBeNull();
  });

  it('is proved only once', async () => {
    const { id } = await openWithPhone();
    expect(await phones.markVerified(id, NUMBER, bench.dataSource.manager)).toBe(false);
    expect(await phones.markVerified('nobody', NUMBER, bench.dataSource.manager)).toBe(false);
  });

  it('loses its proof and the choice of SMS when changed or removed', async () => {
    const { id } = await openWithPhone();
    await phones.set(id, '+33612345643', bench.dataSource.manager);
    expect(await accounts.get(id)).toMatchObject({ phone: { verifiedAt: null }, codeChannel: 'EMAIL' });
    await phones.remove(id, bench.dataSource.manager);
    expect(await accounts.get(id)).toMatchObject({ phone: null, codeChannel: 'EMAIL' });
    expect(await phones.setCodeChannel(id, 'SMS')).toBe(false);
  });

  it('is not readable in the database, and does not reveal that two people share it', async () => {
    const [one, two] = [await open({ username: 'one' }), await open({ username: 'two' })];
    for (const { id } of [one, two]) await phones.set(id, NUMBER, bench.dataSource.manager);
    const rows = await bench.dataSource.getRepository(AccountEntity).find();
    expect(JSON.stringify(rows)).not.toMatch(/612345642|12345642/);
    expect(rows[0]!.phoneSealed).not.toBe(rows[1]!.phoneSealed);
  });

  it('is readable after a key rotation', async () => {
    const { id } = await openWithPhone();
    expect((await servicesWith(ROTATED).accounts.get(id))?.phone?.number).toBe(NUMBER);
  });

  it('locks no one out when no key decrypts it: codes come by mail', async () => {
    const { id } = await openWithPhone();
    expect(await servicesWith(FOREIGN).accounts.get(id)).toMatchObject({ phone: null, codeChannel: 'EMAIL' });
    expect(await servicesWith(FOREIGN).accountPhones.markVerified(id, NUMBER, bench.dataSource.manager)).toBe(
      false,
    );
  });

  it('whose key is missing is reported once, and not overwritten', async () => {
    const { id } = await openWithPhone();
    const elsewhere = servicesWith(FOREIGN);
    expect(await elsewhere.accounts.get(id)).toMatchObject({ phone: null, phoneKeyMissing: 'k1' });
    const another = elsewhere.accountPhones.set(id, '+33612345643', bench.dataSource.manager);
    await expect(another).rejects.toMatchObject({ code: 'service.busy' });
    expect([...FOREIGN.missing]).toEqual(['k1']);
    expect((await accounts.get(id))?.phone?.number).toBe(NUMBER);
  });

  it('is refused when a database writer copied it from another row', async () => {
    const [one, two] = [await openWithPhone(), await open({ username: 'two' })];
    const rows = bench.dataSource.getRepository(AccountEntity);
    const { phoneSealed, phoneVerifiedAt } = await rows.findOneByOrFail({ id: one.id });
    await rows.update({ id: two.id }, { phoneSealed, phoneVerifiedAt, codeChannel: 'SMS' });
    expect(await accounts.get(two.id)).toMatchObject({ phone: null, codeChannel: 'EMAIL' });
  });
});
