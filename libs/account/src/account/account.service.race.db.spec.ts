import { concurrently, describeOnEveryEngine, openMigrated, SettableClock } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import type { AccountAdministrationService } from '../administration/account-administration.service';
import { AccountEntity } from './account.entity';
import { accountPersistence } from '../account.persistence';
import type { AccountService } from './account.service';
import type { EmailChangeService } from '../email-change.service';
import type { AccountPhoneService } from '../phones/account-phone.service';
import { accountServices } from '../testing/account.fixture';

const PROOF = '01a20e4e-451d-7222-8b7c-095e8995a1b9';
const NUMBER = '+33612345642';
const NEXT_NUMBER = '+33612345643';

describeOnEveryEngine('accounts under sixteen hands at once', [accountPersistence], (bench) => {
  const clock = new SettableClock();
  let accounts: AccountService;
  let phones: AccountPhoneService;
  let administration: AccountAdministrationService;
  let changes: EmailChangeService;

  beforeEach(async () => {
    ({
      accounts,
      accountPhones: phones,
      administration,
      emailChanges: changes,
    } = accountServices(bench.dataSource, clock));
    await bench.empty();
  });

  async function open(username = 'claire.martin', nationalId: string | null = null) {
    const draft = {
      username,
      email: 'c@hopital.example',
      displayName: 'Claire',
      nationalId,
      passwordDigest: 'old',
    };
    return bench.transactions.run((tx) => accounts.create(draft, tx));
  }

  async function openWithPhone(): Promise<string> {
    const made = await open();
    const id = made.status === 'created' ? made.account.id : '';
    await phones.set(id, NUMBER, bench.dataSource.manager);
    await phones.markVerified(id, NUMBER, bench.dataSource.manager);
    return id;
  }

  it('are created once for one user name', async () => {
    const { results, errors } = await concurrently(16, (index) =>
      open(index % 2 ? 'CLAIRE.martin' : 'claire.martin'),
    );
    expect(errors).toEqual([]);
    expect(results.filter((one) => one.status === 'created')).toHaveLength(1);
    expect(results.filter((one) => one.status === 'username-taken')).toHaveLength(15);
  });

  it('are created once for one national id', async () => {
    const { results } = await concurrently(16, (index) => open(`person${index}`, '899700366240'));
    expect(results.filter((one) => one.status === 'created')).toHaveLength(1);
    expect(results.filter((one) => one.status === 'national-id-taken')).toHaveLength(15);
  });

  it('never send codes by SMS to an unproved number, in any order of events', async () => {
    for (let round = 0; round < 10; round++) {
      await bench.empty();
      const id = await openWithPhone();
      const { errors } = await concurrently(16, async (index): Promise<unknown> =>
        index % 2
          ? phones.setCodeChannel(id, 'SMS')
          : bench.transactions.run((tx) => phones.set(id, NEXT_NUMBER, tx)),
      );
      expect(errors).toEqual([]);
      const row = await bench.dataSource.getRepository(AccountEntity).findOneBy({ id });
      expect(row).toMatchObject({ codeChannel: 'EMAIL', phoneVerifiedAt: null });
    }
  });

  it('never treat a number changed meanwhile as proved', async () => {
    for (let round = 0; round < 10; round++) {
      await bench.empty();
      const made = await open();
      const id = made.status === 'created' ? made.account.id : '';
      await phones.set(id, NUMBER, bench.dataSource.manager);
      await concurrently(16, (index) =>
        bench.transactions.run((tx) =>
          index % 2 ? phones.markVerified(id, NUMBER, tx) : phones.set(id, NEXT_NUMBER, tx),
        ),
      );
      expect((await accounts.get(id))?.phone).toEqual({ number: NEXT_NUMBER, verifiedAt: null });
    }
  });

  it('prove their number once', async () => {
    const made = await open();
    const id = made.status === 'created' ? made.account.id : '';
    await phones.set(id, NUMBER, bench.dataSource.manager);
    const { results } = await concurrently(16, () =>
      bench.transactions.run((tx) => phones.markVerified(id, NUMBER, tx)),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it('accept one of sixteen passwords that replace the same one', async () => {
    const made = await open();
    const id = made.status === 'created' ? made.account.id : '';
    const { results } = await concurrently(16, (index) =>
      bench.transactions.run((tx) => accounts.setPassword(id, `new${index}`, tx, 'old')),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await accounts.get(id)).toMatchObject({
      passwordDigest: `new${results.indexOf(true)}`,
      version: 2,
    });
  });

  it('keep a new password that was chosen while the old one was hashed again', async () => {
    const made = await open();
    const id = made.status === 'created' ? made.account.id : '';
    await concurrently(16, async (index): Promise<unknown> =>
      index === 7
        ? accounts.setPassword(id, 'new', bench.dataSource.manager)
        : accounts.rehash(id, 'old', 'old, stronger'),
    );
    expect((await accounts.get(id))?.passwordDigest).toBe('new');
  });

  it.each<[string, (id: string, tx: EntityManager) => Promise<unknown>]>([
    ['held', async (id, tx) => accounts.lockForUpdate((await accounts.get(id, tx))!, tx)],
    ['noted', (id, tx) => accounts.recordSignIn(id, clock.now(), tx)],
  ])('are closed before a sign-in or after it, not in the middle of one that is %s', async (_, begin) => {
    const made = await open();
    const id = made.status === 'created' ? made.account.id : '';
    const seen: unknown[] = [];
    let begun = () => {};
    const beginning = new Promise<void>((resolve) => (begun = resolve));
    const signIn = bench.transactions.run(async (tx) => {
      await begin(id, tx);
      begun();
      for (let step = 0; step < 20; step++) seen.push((await accounts.get(id, tx))?.status);
    });
    await beginning;
    const closed = bench.transactions.run((tx) => administration.deactivate(id, tx));
    await signIn;
    expect(await closed).toBe(true);
    expect(seen).toEqual(Array(20).fill('ACTIVE'));
    expect((await accounts.get(id))?.status).toBe('DEACTIVATED');
  });

  it('store a proved address once', async () => {
    const id = await openWithPhone();
    const proposal = { proofId: PROOF, accountId: id, email: 'c@new.example', expiresAt: clock.now() };
    await bench.transactions.run((tx) => changes.propose(proposal, tx));
    const { results } = await concurrently(16, () =>
      bench.transactions.run((tx) => changes.take(PROOF, id, tx)),
    );
    expect(results.filter(Boolean)).toEqual(['c@new.example']);
  });

  it('are the same from a second process', async () => {
    const id = await openWithPhone();
    const second = await openMigrated(bench.url, [accountPersistence]);
    try {
      const there = accountServices(second, clock).accounts;
      await phones.setCodeChannel(id, 'SMS');
      expect(await there.get(id)).toEqual(await accounts.get(id));
    } finally {
      await second.destroy();
    }
  });
});
