import { Keyring, SystemRandom } from '@portillon/kernel';
import { atOnce, describeOnEveryEngine, openMigrated, SettableClock } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import { AccountAdministrationService } from './account-administration.service';
import { accountPersistence } from './account.persistence';
import { AccountService } from './account.service';
import { EmailChangeService } from './email-change.service';
import { accountServices } from './testing/account-bench';

const KEYS = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);
const PROOF = '01a20e4e-451d-7222-8b7c-095e8995a1b9';
const NUMBER = '+33612345642';
const NEXT_NUMBER = '+33612345643';

describeOnEveryEngine('accounts under sixteen hands at once', [accountPersistence], (bench) => {
  const clock = new SettableClock();
  let accounts: AccountService;

  beforeEach(async () => {
    accounts = accountServices(bench.database, clock, KEYS).accounts;
    await bench.database.execute('DELETE FROM account');
  });

  async function open(username = 'claire.martin', nationalId: string | null = null) {
    const draft = {
      username,
      email: 'c@hopital.example',
      displayName: 'Claire',
      nationalId,
      passwordDigest: 'old',
    };
    return bench.database.transaction((tx) => accounts.create(draft, tx));
  }

  async function openWithPhone(): Promise<string> {
    const made = await open();
    const id = made.status === 'created' ? made.account.id : '';
    await accounts.setPhone(id, NUMBER, bench.database.manager);
    await accounts.markPhoneVerified(id, NUMBER, bench.database.manager);
    return id;
  }

  it('are made once for one user name', async () => {
    const { results, errors } = await atOnce(16, (index) =>
      open(index % 2 ? 'CLAIRE.martin' : 'claire.martin'),
    );
    expect(errors).toEqual([]);
    expect(results.filter((one) => one.status === 'created')).toHaveLength(1);
    expect(results.filter((one) => one.status === 'username-taken')).toHaveLength(15);
  });

  it('are made once for one national id', async () => {
    const { results } = await atOnce(16, (index) => open(`person${index}`, '899700366240'));
    expect(results.filter((one) => one.status === 'created')).toHaveLength(1);
    expect(results.filter((one) => one.status === 'national-id-taken')).toHaveLength(15);
  });

  it('never send codes by SMS to a number that is not proved, whatever comes first', async () => {
    for (let round = 0; round < 10; round++) {
      await bench.database.execute('DELETE FROM account');
      const id = await openWithPhone();
      const { errors } = await atOnce(16, async (index): Promise<unknown> =>
        index % 2
          ? accounts.setCodeChannel(id, 'SMS')
          : bench.database.transaction((tx) => accounts.setPhone(id, NEXT_NUMBER, tx)),
      );
      expect(errors).toEqual([]);
      const row = await bench.database.row('SELECT codeChannel, phoneVerifiedAt FROM account WHERE id = ?', [
        id,
      ]);
      expect(row).toEqual({ codeChannel: 'EMAIL', phoneVerifiedAt: null });
    }
  });

  it('never hold for proved a number that was changed in the meantime', async () => {
    for (let round = 0; round < 10; round++) {
      await bench.database.execute('DELETE FROM account');
      const made = await open();
      const id = made.status === 'created' ? made.account.id : '';
      await accounts.setPhone(id, NUMBER, bench.database.manager);
      await atOnce(16, (index) =>
        bench.database.transaction((tx) =>
          index % 2 ? accounts.markPhoneVerified(id, NUMBER, tx) : accounts.setPhone(id, NEXT_NUMBER, tx),
        ),
      );
      expect((await accounts.get(id))?.phone).toEqual({ number: NEXT_NUMBER, verifiedAt: null });
    }
  });

  it('have their number proved once', async () => {
    const made = await open();
    const id = made.status === 'created' ? made.account.id : '';
    await accounts.setPhone(id, NUMBER, bench.database.manager);
    const { results } = await atOnce(16, () =>
      bench.database.transaction((tx) => accounts.markPhoneVerified(id, NUMBER, tx)),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it('take one of sixteen passwords that replace the same one', async () => {
    const made = await open();
    const id = made.status === 'created' ? made.account.id : '';
    const { results } = await atOnce(16, (index) =>
      bench.database.transaction((tx) => accounts.setPassword(id, `new${index}`, tx, 'old')),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await accounts.get(id)).toMatchObject({
      passwordDigest: `new${results.indexOf(true)}`,
      version: 2,
    });
  });

  it('keep a new password that was chosen while the old one was hashed anew', async () => {
    const made = await open();
    const id = made.status === 'created' ? made.account.id : '';
    await atOnce(16, async (index): Promise<unknown> =>
      index === 7
        ? accounts.setPassword(id, 'new', bench.database.manager)
        : accounts.rehash(id, 'old', 'old, stronger'),
    );
    expect((await accounts.get(id))?.passwordDigest).toBe('new');
  });

  it.each<[string, (id: string, tx: EntityManager) => Promise<unknown>]>([
    ['held', (id, tx) => accounts.holdForSignIn(id, clock.now(), tx)],
    ['noted', (id, tx) => accounts.recordSignIn(id, clock.now(), tx)],
  ])('are closed before a sign-in or after it, not in the middle of one that is %s', async (_, begin) => {
    const made = await open();
    const id = made.status === 'created' ? made.account.id : '';
    const administration = new AccountAdministrationService(bench.database, clock, new SystemRandom(clock));
    const seen: unknown[] = [];
    let begun = () => {};
    const beginning = new Promise<void>((resolve) => (begun = resolve));
    const signIn = bench.database.transaction(async (tx) => {
      await begin(id, tx);
      begun();
      for (let step = 0; step < 20; step++) seen.push((await accounts.get(id, tx))?.status);
    });
    await beginning;
    const closed = bench.database.transaction((tx) => administration.deactivate(id, tx));
    await signIn;
    expect(await closed).toBe(true);
    expect(seen).toEqual(Array(20).fill('ACTIVE'));
    expect((await accounts.get(id))?.status).toBe('DEACTIVATED');
  });

  it('have a proved address taken once', async () => {
    const id = await openWithPhone();
    const changes = new EmailChangeService(bench.database, clock);
    const proposal = { proofId: PROOF, accountId: id, email: 'c@new.example', expiresAt: clock.now() };
    await bench.database.transaction((tx) => changes.propose(proposal, tx));
    const { results } = await atOnce(16, () =>
      bench.database.transaction((tx) => changes.take(PROOF, id, tx)),
    );
    expect(results.filter(Boolean)).toEqual(['c@new.example']);
  });

  it('look the same from a second process', async () => {
    const id = await openWithPhone();
    const second = await openMigrated(bench.url, [accountPersistence]);
    try {
      const there = accountServices(second, clock, KEYS).accounts;
      await accounts.setCodeChannel(id, 'SMS');
      expect(await there.get(id)).toEqual(await accounts.get(id));
    } finally {
      await second.close();
    }
  });
});
