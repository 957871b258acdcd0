import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountPersistence } from './account.persistence';
import type { AccountService } from './account/account.service';
import { EmailChangeEntity, EmailChangeRepository } from './email-change.service';
import type { EmailChangeService } from './email-change.service';
import type { AccountSearchService } from './search/account-search.service';
import { accountServices } from './testing/account.fixture';

const PROOF = '01a20e4e-451d-7222-8b7c-095e8995a1b9';

describeOnEveryEngine('recovery', [accountPersistence], (bench) => {
  let clock: SettableClock;
  let accounts: AccountService;
  let changes: EmailChangeService;
  let search: AccountSearchService;

  beforeEach(async () => {
    await bench.empty();
    clock = new SettableClock();
    ({ accounts, emailChanges: changes, search } = accountServices(bench.dataSource, clock));
  });

  async function open(username: string, status: 'ACTIVE' | 'INVITED' | 'DEACTIVATED' = 'ACTIVE') {
    const draft = { username, email: 'Accueil@hopital.example', displayName: 'Claire', status };
    const made = await bench.transactions.run((tx) => accounts.create(draft, tx));
    return made.status === 'created' ? made.account.id : '';
  }

  it('finds the accounts of one mailbox in any spelling, up to the limit', async () => {
    const ids = [await open('claire'), await open('nadia'), await open('paul')];
    const found = await accounts.findByEmail(' ACCUEIL@Hopital.example ', 2);
    expect(found.map((account) => account.id)).toEqual(ids.slice(0, 2));
    expect(await accounts.findByEmail('accueil@hopital.example.evil', 5)).toEqual([]);
  });

  it.each([
    ['ACTIVE', [false, true, true]],
    ['INVITED', [true, false, false]],
    ['DEACTIVATED', [false, false, false]],
  ] as const)('(%s) opens, resets and moves only what may be', async (status, expected) => {
    const outcomes = [];
    for (const act of [
      (id: string) => accounts.activate(id, 'digest', bench.dataSource.manager),
      (id: string) => accounts.resetPassword(id, 'digest', bench.dataSource.manager),
      (id: string) => accounts.setEmail(id, 'new@hopital.example', bench.dataSource.manager),
    ])
      outcomes.push(await act(await open(`person${outcomes.length}`, status)));
    expect(outcomes).toEqual(expected);
  });

  it('activates an invited account with its first password', async () => {
    const id = await open('claire', 'INVITED');
    await accounts.activate(id, 'digest', bench.dataSource.manager);
    expect(await accounts.get(id)).toMatchObject({
      status: 'ACTIVE',
      passwordDigest: 'digest',
      passwordChangedAt: clock.now(),
      version: 2,
    });
  });

  it('stores a new address, by which the account is then found', async () => {
    const id = await open('claire');
    await bench.transactions.run((tx) => accounts.setEmail(id, 'Claire@Clinique.example', tx));
    expect((await accounts.get(id))!.email).toBe('Claire@Clinique.example');
    expect(await accounts.findByEmail('claire@clinique.example', 5)).toHaveLength(1);
    expect(await accounts.findByEmail('accueil@hopital.example', 5)).toEqual([]);
    const found = await search.find({ text: 'claire@clinique.example', limit: 10 });
    expect(found.items.map((account) => account.id)).toEqual([id]);
  });

  it.each([
    'c@hopital.example\r\nBcc: all@evil.example',
    'c@hopital.example,d@evil.example',
    'Claire <c@hopital.example>',
    '<c@hopital.example>',
    '"a b"@hopital.example',
    'c@hopital.example\u0000',
    'c@hopital\u202e.example',
    'hopital.example',
    '@hopital.example',
    'c@@hopital.example',
    `${'c'.repeat(65)}@hopital.example`,
  ])('keeps no address that is more than one mailbox: %p', async (email) => {
    const id = await open('claire');
    await expect(accounts.setEmail(id, email, bench.dataSource.manager)).rejects.toMatchObject({
      code: 'validation.failed',
    });
  });

  describe('a requested address', () => {
    const propose = (accountId: string) =>
      changes.propose(
        { proofId: PROOF, accountId, email: 'c@new.example', expiresAt: clock.now() },
        bench.dataSource.manager,
      );

    it('belongs to the person who requested it, by its own proof', async () => {
      await propose('claire');
      expect(await changes.take(PROOF, 'paul', bench.dataSource.manager)).toBeUndefined();
      expect(await changes.take('another-proof', 'claire', bench.dataSource.manager)).toBeUndefined();
      expect(await changes.take(PROOF, 'claire', bench.dataSource.manager)).toBe('c@new.example');
      expect(await changes.take(PROOF, 'claire', bench.dataSource.manager)).toBeUndefined();
    });

    it('is deleted with the person, and when its code expires', async () => {
      await propose('claire');
      const rows = new EmailChangeRepository(bench.dataSource.getRepository(EmailChangeEntity));
      await rows.deleteOf('claire', bench.dataSource.manager);
      expect(await changes.take(PROOF, 'claire', bench.dataSource.manager)).toBeUndefined();
      await propose('claire');
      clock.advance(1);
      expect([await changes.purge(10), await changes.purge(10)]).toEqual([1, 0]);
    });
  });
});
