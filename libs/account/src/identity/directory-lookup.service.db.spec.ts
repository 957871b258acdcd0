import { describeOnEveryEngine, explained, numbersTo, SettableClock } from '@portillon/testing';
import { accountPersistence } from '../account.persistence';
import type { AccountDraft } from '../account/account.types';
import { accountServices } from '../testing/account.fixture';

const DAY_MS = 86_400_000;
const PEOPLE = 20_000;
const AT_ONCE = 2_000;
/** Every second one has a national id; of these one in a hundred was looked up already. */
const CROWD = `INSERT INTO account (id, username, usernameKey, email, emailKey, displayName, displayNameKey, locale, status,
    roles, codeChannel, createdAt, version, nationalId, directoryDueAt)
  SELECT LPAD(seq + ?, 36, '0'), seq + ?, seq + ?, 'a@h.example', '', 'Claire Roux', seq + ?, 'fr', 'ACTIVE', '', 'EMAIL', ?, 1,
    IF(seq % 2, CONCAT('81', LPAD(seq + ?, 10, '0')), NULL), IF(seq % 200 = 1, ?, NULL)
  FROM ${numbersTo(AT_ONCE)}`;
const LOOKED_UP = `UPDATE account SET directoryDueAt = ? WHERE directoryDueAt IS NULL
  AND id BETWEEN LPAD(? + 1, 36, '0') AND LPAD(? + ${AT_ONCE}, 36, '0')`;

describeOnEveryEngine('national ids in the national directory', [accountPersistence], (bench, engine) => {
  const clock = new SettableClock();
  let services: ReturnType<typeof accountServices>;

  beforeEach(async () => {
    services = accountServices(bench.dataSource, clock);
    await bench.empty();
  });

  const inOne: typeof bench.transactions.run = (work) => bench.transactions.run(work);

  async function open(username: string, draft: Partial<AccountDraft> = {}): Promise<string> {
    const whole = { username, email: `${username}@h.example`, displayName: 'Élise Martin', ...draft };
    const made = await inOne((tx) => services.accounts.create(whole, tx));
    if (made.status !== 'created') throw new Error(made.status);
    return made.account.id;
  }
  const lookups = () => services.identities;
  const due = async () => (await lookups().findDueLookups(10)).map(({ nationalId }) => nationalId);
  const directoryOf = async (id: string) => (await services.accounts.get(id))!.directory;

  it('are due if an open account has one that was never looked up', async () => {
    await open('elise', { nationalId: '810003461033' });
    await open('paul');
    const closed = await open('anne', { nationalId: '810102727017' });
    await inOne((tx) => services.administration.deactivate(closed, tx));
    expect(await due()).toEqual(['810003461033']);
  });

  it('are claimed once, and postponed by a day whatever the result', async () => {
    const id = await open('elise', { nationalId: '810003461033' });
    const [first] = await lookups().findDueLookups(10);
    expect(await lookups().claimLookup(first!)).toBe(true);
    expect(await lookups().claimLookup(first!)).toBe(false);
    expect(await due()).toEqual([]);
    expect(await directoryOf(id)).toBeNull();
    clock.advance(DAY_MS);
    expect(await due()).toEqual(['810003461033']);
  });

  it('are looked up again after two years, and keep the previous answer until then', async () => {
    const id = await open('elise', { nationalId: '810003461033' });
    const [first] = await lookups().findDueLookups(10);
    await lookups().claimLookup(first!);
    await lookups().saveLookup(first!, 'not-found');
    const said = { state: 'not-found', at: clock.now() };
    expect(await directoryOf(id)).toEqual(said);
    expect((await services.accounts.get(id))!.status).toBe('ACTIVE');
    clock.advance(729 * DAY_MS);
    expect(await due()).toEqual([]);
    clock.advance(2 * DAY_MS);
    const [again] = await lookups().findDueLookups(10);
    await lookups().claimLookup(again!);
    expect(await directoryOf(id)).toEqual(said);
  });

  it('store no answer when they were removed or replaced meanwhile', async () => {
    const id = await open('elise', { nationalId: '810003461033' });
    const [first] = await lookups().findDueLookups(10);
    await lookups().claimLookup(first!);
    await inOne((tx) => services.accounts.unlinkNationalId(id, '810003461033', tx));
    expect(await lookups().saveLookup(first!, 'found')).toBe(false);
    await inOne((tx) => services.accounts.linkNationalId(id, '810102727017', tx));
    expect(await directoryOf(id)).toBeNull();
    expect(await due()).toEqual(['810102727017']);
  });

  it('are found among 20,000 people through an index, those never looked up first', async () => {
    // The other engine plans by rules, not by statistics.
    if (engine === 'embedded') return;
    for (let from = 0; from < PEOPLE; from += AT_ONCE)
      await bench.dataSource.query(CROWD, [from, from, from, from, clock.now(), from, clock.now()]);
    await bench.dataSource.query('ANALYZE TABLE account');
    const plansOf = async () =>
      (await explained(bench.dataSource, () => lookups().findDueLookups(100))).flat().map(({ key }) => key);
    // MySQL reads national ids until a hundred of them were never looked up, which nearly all were not.
    const [never, ...others] = await plansOf();
    expect(others).toEqual([]);
    expect(['accountDirectoryDue', 'accountNationalId']).toContain(never);
    expect((await lookups().findDueLookups(100)).filter(({ dueAt }) => dueAt === null)).toHaveLength(100);
    for (let from = 0; from < PEOPLE; from += AT_ONCE)
      await bench.dataSource.query(LOOKED_UP, [new Date(clock.now().getTime() + DAY_MS), from, from]);
    expect(await plansOf()).toEqual(['accountDirectoryDue', 'accountDirectoryDue']);
    expect((await lookups().findDueLookups(100)).filter(({ dueAt }) => dueAt !== null)).toHaveLength(100);
  }, 120_000);
});
