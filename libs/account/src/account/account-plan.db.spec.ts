import { describeOnEveryEngine, explained, numbersTo, SettableClock } from '@portillon/testing';
import { accountPersistence } from '../account.persistence';
import { ACCOUNT_SORTS } from './account-list';
import type { AccountService } from './account.service';
import { accountServices } from '../testing/account.fixture';

/** Of 4,000 two have an emergency access that is open, two are soon erased, and two asked to be: the others were since. */
const PEOPLE = `INSERT INTO account (id, username, usernameKey, email, emailKey, displayName, displayNameKey, locale,
    status, roles, codeChannel, createdAt, version, lastSignedInAt, emergencyUntilAt, erasureRequestedAt, erasureDueAt)
  SELECT LPAD(seq, 36, '0'), seq, seq, IF(seq % 7 = 0, '', 'a@h.example'), '', 'Claire Roux', CONCAT('claire ', seq), 'fr',
    ELT(1 + seq % 3, 'ACTIVE', 'INVITED', 'DEACTIVATED'), '', 'EMAIL', ?, 1, IF(seq % 3 = 1, NULL, ?),
    IF(seq % 2000 = 7, ?, NULL), IF(seq % 7 = 0 OR seq % 2000 = 8, ?, NULL),
    IF(seq % 2000 = 9, ?, NULL)
  FROM ${numbersTo(4_000)}`;
const TERMS = `INSERT INTO accountTerm (accountId, term)
  SELECT id, 'claire' FROM account UNION SELECT id, 'roux' FROM account WHERE id LIKE '%00'`;
/** MySQL joins a handful of rows without an index. */
const STRUCTURES = `INSERT INTO structure (id, name, nameKey, sortKey, createdAt)
  SELECT LPAD(seq, 36, '0'), seq, seq, seq, ? FROM ${numbersTo(2_000)}`;

const MEMBERSHIPS = `INSERT INTO membership (accountId, structureId, roles, source, sinceAt)
  SELECT id, id, '', 'console', createdAt FROM account`;

describeOnEveryEngine(
  'what an administrator looks for every day',
  [accountPersistence],
  (testDatabase, engine) => {
    const clock = new SettableClock();
    let accounts: AccountService;

    beforeAll(async () => {
      // The other engine plans by rules, not by statistics.
      if (engine === 'embedded') return;
      ({ accounts } = accountServices(testDatabase.dataSource, clock));
      const [then, later] = [clock.now(), new Date(clock.now().getTime() + 3_600_000)];
      await testDatabase.dataSource.query(PEOPLE, [then, then, later, then, later]);
      await testDatabase.dataSource.query(TERMS);
      await testDatabase.dataSource.query(STRUCTURES, [then]);
      await testDatabase.dataSource.query(MEMBERSHIPS);
      await testDatabase.dataSource.query('ANALYZE TABLE account, accountTerm, membership, structure');
    });

    const plansOf = (work: () => Promise<unknown>) => explained(testDatabase.dataSource, work);

    it.each([
      ['EMERGENCY_ACCESS', 'accountEmergency'],
      ['ERASURE_REQUESTED', 'accountErasureRequested'],
      ['ERASURE_DUE', 'accountErasureDue'],
    ] as const)('%s: a few of all, from an index of them, in each order', async (only, index) => {
      if (engine === 'embedded') return;
      for (const sort of ACCOUNT_SORTS) {
        const [found] = await plansOf(() => accounts.list({ limit: 50, sort, only }));
        expect([sort, found![0]!.key]).toEqual([sort, index]);
      }
      const [counted] = await plansOf(() => accounts.count({ only }));
      expect(counted!.map(({ key }) => key)).toContain(index);
      expect(await accounts.count({ only })).toBe(2);
    });

    it.each(ACCOUNT_SORTS)(
      'whom a password may let in is read from an index, and never from all accounts: %s',
      async (sort) => {
        if (engine === 'embedded') return;
        const [found] = await plansOf(() => accounts.list({ limit: 50, sort, only: 'HAS_PASSWORD' }));
        expect(found!.map(({ type }) => type)).not.toContain('ALL');
      },
    );

    it("is read in the order of one status's index, even if none ever signed in", async () => {
      if (engine === 'embedded') return;
      const asked = { limit: 50, sort: '-lastSignedInAt', status: 'INVITED' } as const;
      const [found] = await plansOf(() => accounts.list(asked));
      expect(found![0]!.key).toBe('accountStatusLastSignedIn');
    });

    it.each(ACCOUNT_SORTS)('is found by name through the index of names, and sorted by %s', async (sort) => {
      if (engine === 'embedded') return;
      const [found, rows] = await plansOf(() => accounts.list({ limit: 50, sort, text: 'roux clai' }));
      // What is sorted are ids: the rows of the page alone are read with their structures.
      expect(found!.map(({ table }) => table)).not.toContain('structure');
      const tables = [...found!, ...rows!];
      expect(tables.map(({ key }) => key)).toContain('accountTermTerm');
      expect(tables.map(({ type }) => type)).not.toContain('ALL');
    });
  },
);
