import { DAY } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, explained, numbersTo, SettableClock } from '@portillon/testing';
import { accountPersistence } from '../account.persistence';
import { AccountEntity } from '../account/account.entity';
import { accountServices } from '../testing/account.fixture';

const KEPT = 730;
/** A third of them closed for `KEPT` days or less; the erasure of one in a hundred of these is set. */
const CROWD = `INSERT INTO account (id, username, usernameKey, email, emailKey, displayName, displayNameKey, locale, status,
    roles, codeChannel, createdAt, version, closedAt, erasureDueAt)
  SELECT LPAD(seq, 36, '0'), seq, seq, 'a@h.example', '', 'Claire Roux', seq, 'fr', IF(seq % 3, 'ACTIVE', 'DEACTIVATED'), '',
    'EMAIL', ?, 1, IF(seq % 3, NULL, ?), IF(seq % 300, NULL, ?)
  FROM ${numbersTo(4_000)}`;

describeOnEveryEngine(
  'an account that has been closed for long',
  [accountPersistence],
  (testDatabase, engine) => {
    let clock: SettableClock;
    let services: ReturnType<typeof accountServices>;

    beforeEach(async () => {
      await testDatabase.empty();
      clock = new SettableClock();
      services = accountServices(testDatabase.dataSource, clock);
    });

    const inOne: typeof testDatabase.transactions.run = (work) => testDatabase.transactions.run(work);
    const accountOf = async (id: string) => (await services.accounts.get(id))!;
    const close = (id: string) => inOne((tx) => services.administration.deactivate(id, tx));
    const open = (id: string) => inOne((tx) => services.administration.reactivate(id, tx));

    async function closed(username = 'claire'): Promise<string> {
      const draft = { username, email: 'c@hopital.example', displayName: 'Claire', passwordDigest: 'digest' };
      const made = await inOne((tx) => services.accounts.create(draft, tx));
      const id = made.status === 'created' ? made.account.id : '';
      await close(id);
      return id;
    }

    /** One run of the job: the accounts that were notified, and those that were erased. */
    async function turn(): Promise<{ noticed: string[]; erased: string[] }> {
      const [noticed, erased]: [string[], string[]] = [[], []];
      for (const one of await services.retention.findUnnotified(100))
        if (await inOne((tx) => services.retention.setErasure(one, tx))) noticed.push(one.accountId);
      for (const { accountId, ground } of await services.retention.findOverdue(100))
        if (await inOne((tx) => services.administration.erase(accountId, ground, tx))) erased.push(accountId);
      return { noticed, erased };
    }

    it('is announced 30 days before its erasure, two years after it was closed', async () => {
      const id = await closed();
      const since = clock.now();
      clock.advance((KEPT - 31) * DAY);
      expect(await turn()).toEqual({ noticed: [], erased: [] });
      clock.advance(DAY);
      expect(await turn()).toEqual({ noticed: [id], erased: [] });
      const erasureDueAt = new Date(since.getTime() + KEPT * DAY);
      expect(await accountOf(id)).toMatchObject({ closedAt: since, erasureDueAt, version: 2 });
      clock.advance(30 * DAY - 1);
      expect(await turn()).toEqual({ noticed: [], erased: [] });
      clock.advance(1);
      expect(await turn()).toEqual({ noticed: [], erased: [id] });
      const left = { email: '', status: 'DEACTIVATED', closedAt: null, erasureDueAt: null } as const;
      expect(await accountOf(id)).toMatchObject(left);
      clock.advance(KEPT * DAY);
      expect(await turn()).toEqual({ noticed: [], erased: [] });
    });

    it('keeps the full 30 days when no job ran for years', async () => {
      const id = await closed();
      clock.advance(2 * KEPT * DAY);
      expect(await turn()).toEqual({ noticed: [id], erased: [] });
      expect((await accountOf(id)).erasureDueAt).toEqual(new Date(clock.now().getTime() + 30 * DAY));
    });

    it('is kept when it is reopened, and starts again when it is closed again', async () => {
      const id = await closed();
      clock.advance((KEPT - 30) * DAY);
      await turn();
      await open(id);
      expect(await accountOf(id)).toMatchObject({ status: 'ACTIVE', closedAt: null, erasureDueAt: null });
      clock.advance(31 * DAY);
      expect(await turn()).toEqual({ noticed: [], erased: [] });
      await close(id);
      expect(await turn()).toEqual({ noticed: [], erased: [] });
      expect((await accountOf(id)).closedAt).toEqual(clock.now());
    });

    it('is announced once and erased once when sixteen instances run at once', async () => {
      await closed();
      clock.advance((KEPT - 30) * DAY);
      const [due] = await services.retention.findUnnotified(10);
      const tellings = await concurrently(16, () => inOne((tx) => services.retention.setErasure(due!, tx)));
      expect(tellings.results.filter(Boolean)).toHaveLength(1);
      clock.advance(30 * DAY);
      const [over] = await services.retention.findOverdue(10);
      const erasures = await concurrently(16, () =>
        inOne((tx) => services.administration.erase(over!.accountId, over!.ground, tx)),
      );
      expect(erasures.results.filter(Boolean)).toHaveLength(1);
    });

    it('is not erased when it was reopened after the check', async () => {
      const id = await closed();
      clock.advance((KEPT - 30) * DAY);
      const [unnotified] = await services.retention.findUnnotified(10);
      await turn();
      clock.advance(30 * DAY);
      const [over] = await services.retention.findOverdue(10);
      await open(id);
      expect(await inOne((tx) => services.retention.setErasure(unnotified!, tx))).toBe(false);
      expect(await inOne((tx) => services.administration.erase(id, over!.ground, tx))).toBeUndefined();
      expect((await accountOf(id)).email).toBe('c@hopital.example');
    });

    it('is listed as soon erased once its holder is notified', async () => {
      const id = await closed();
      const listed = async () =>
        (await services.accounts.list({ limit: 10, only: 'ERASURE_DUE' })).items.map((one) => one.id);
      clock.advance((KEPT - 30) * DAY);
      expect(await listed()).toEqual([]);
      await turn();
      expect(await listed()).toEqual([id]);
      await open(id);
      expect(await listed()).toEqual([]);
    });

    it('starts its period at the first check if closing times were not recorded; an erased one never does', async () => {
      const [old, erased] = [await closed('claire'), await closed('paul')];
      const { version } = await accountOf(erased);
      await inOne((tx) => services.administration.erase(erased, { is: 'ordered', version }, tx));
      await testDatabase.dataSource.getRepository(AccountEntity).update({ id: old }, { closedAt: null });
      clock.advance(DAY);
      for (const absence of await services.retention.findUnchecked(10))
        await inOne((tx) => services.retention.applyStep(absence, tx));
      expect((await accountOf(old)).closedAt).toEqual(clock.now());
      expect((await accountOf(erased)).closedAt).toBeNull();
    });

    it('is found by an index in a large table', async () => {
      if (engine === 'embedded') return;
      const now = clock.now();
      await testDatabase.dataSource.query(CROWD, [now, now, now]);
      await testDatabase.dataSource.query('ANALYZE TABLE account');
      const [unnotified] = await explained(testDatabase.dataSource, () =>
        services.retention.findUnnotified(10),
      );
      const [overdue] = await explained(testDatabase.dataSource, () => services.retention.findOverdue(10));
      expect([unnotified![0]!.key, overdue![0]!.key]).toEqual(['accountClosed', 'accountErasureDue']);
    });
  },
);
