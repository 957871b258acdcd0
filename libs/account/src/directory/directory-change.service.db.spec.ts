import { DAY, HOUR, SystemRandom } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import { accountPersistence } from '../account.persistence';
import { accountServices } from '../testing/account.fixture';
import type { DirectoryChangeService } from './directory-change.service';
import type { ProposedDirectoryChange } from './directory-change.types';

const LEFT: ProposedDirectoryChange = {
  kind: 'left',
  accountId: 'claire',
  structureId: 'north',
  details: { finess: '750712184' },
};
const RENAMED: ProposedDirectoryChange = {
  kind: 'renamed',
  accountId: 'claire',
  structureId: 'north',
  details: { givenName: 'Claire', familyName: 'Roux' },
};

describeOnEveryEngine('changes that the directory shows', [accountPersistence], (testDatabase) => {
  let clock: SettableClock;
  let changes: DirectoryChangeService;
  const run = <Result>(work: (tx: EntityManager) => Promise<Result>) =>
    new Transactions(testDatabase.dataSource).run(work);
  const open = async (structureIds: string[] | null = ['north']) =>
    (await changes.listOpen(structureIds, { limit: 50 })).items.map(({ account, structure, ...rest }) => ({
      ...rest,
      accountId: account?.id,
      structureId: structure.id,
    }));
  const decide = (id: string, decision: 'applied' | 'set-aside', by = 'hugo') =>
    run((tx) => changes.decide(id, { decision, by, reason: 'he stays' }, tx));

  beforeEach(async () => {
    await testDatabase.empty();
    clock = new SettableClock();
    changes = accountServices(testDatabase.dataSource, clock).directoryChanges;
  });

  it('are proposed once, by sixteen at once, to the structure that decides', async () => {
    const { results } = await concurrently(16, () => changes.propose(LEFT));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await open()).toEqual([{ ...LEFT, id: expect.any(String) as string, foundAt: clock.now() }]);
    expect(await open(['south'])).toEqual([]);
    expect(await open([])).toEqual([]);
    expect([await changes.countOpen(['north']), await changes.countOpen(null)]).toEqual([1, 1]);
  });

  it('are decided once, by sixteen at once', async () => {
    await changes.propose(LEFT);
    const { id } = (await open())[0]!;
    const { results } = await concurrently(16, (index) => decide(id, 'applied', `admin-${index}`));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await open()).toEqual([]);
    expect(await changes.findOpen(id)).toBeUndefined();
    expect(await decide(id, 'set-aside')).toBe(false);
  });

  it('do not return once they were set aside, unless the details differ', async () => {
    await changes.propose(RENAMED);
    await decide((await open())[0]!.id, 'set-aside');
    clock.advance(30 * DAY);
    expect(await changes.propose(RENAMED)).toBe(false);
    expect(await open()).toEqual([]);
    const other = { ...RENAMED, details: { ...RENAMED.details, familyName: 'Blanc' } };
    expect(await changes.propose(other)).toBe(true);
    expect(await open()).toMatchObject([other]);
  });

  it('return after they were applied, when the directory shows the same later', async () => {
    await changes.propose(LEFT);
    await decide((await open())[0]!.id, 'applied');
    clock.advance(HOUR);
    expect(await changes.propose(LEFT)).toBe(false);
    clock.advance(3 * DAY);
    const { results } = await concurrently(16, () => changes.propose(LEFT));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await open()).toMatchObject([LEFT]);
  });

  it('are withdrawn when the directory shows them no more, of this person and these kinds alone', async () => {
    const other = { ...LEFT, accountId: 'paul' };
    for (const one of [LEFT, RENAMED, other]) await changes.propose(one);
    await changes.withdrawOthers({ accountId: 'claire' }, ['left', 'inactive'], []);
    expect(await open()).toMatchObject([RENAMED, other]);
    await changes.withdrawOthers({ accountId: 'claire' }, ['renamed'], [RENAMED]);
    expect(await open()).toMatchObject([RENAMED, other]);
    await changes.withdraw([(await open())[1]!.id]);
    expect(await open()).toMatchObject([RENAMED]);
  });

  it('are listed in pages, each once', async () => {
    for (let index = 0; index < 5; index++)
      await changes.propose({ ...LEFT, accountId: `p${index}`, structureId: index % 2 ? 'south' : 'north' });
    const first = await changes.listOpen(null, { limit: 3 });
    const rest = await changes.listOpen(null, { limit: 3, cursor: first.nextCursor! });
    expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([3, 2, null]);
    const listed = [...first.items, ...rest.items].map(({ account }) => account?.id);
    expect(listed).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
  });

  it('are exported and erased with the person, and deleted a year after the decision', async () => {
    await changes.propose(LEFT);
    await changes.propose(RENAMED);
    await decide((await open())[0]!.id, 'set-aside');
    expect(await changes.findByAccount('claire')).toMatchObject([
      { kind: 'left', decision: 'set-aside', reason: 'he stays', decidedAt: clock.now() },
      { kind: 'renamed', decision: null },
    ]);
    clock.advance(364 * DAY);
    expect(await changes.purge(100)).toBe(0);
    clock.advance(2 * DAY);
    expect(await changes.purge(100)).toBe(1);
    await run((tx) => changes.deleteByAccount('claire', tx));
    expect(await changes.findByAccount('claire')).toEqual([]);
  });
});

describeOnEveryEngine('a reading of the directory', [accountPersistence], (testDatabase) => {
  let clock: SettableClock;
  const passes = () => accountServices(testDatabase.dataSource, clock).directoryPasses;

  beforeEach(async () => {
    await testDatabase.empty();
    clock = new SettableClock();
  });

  it('is given to one of sixteen at once, and to another when that one died', async () => {
    await concurrently(16, () => passes().claim());
    clock.advance(11 * 60_000);
    const { results } = await concurrently(16, () => passes().claim());
    const [pass, ...others] = results.filter(Boolean);
    expect(others).toEqual([]);
    expect(pass).toMatchObject({ stage: 'people', afterId: '', since: null });
    const id = new SystemRandom(clock).id();
    expect(await passes().advance(pass!, { stage: 'people', afterId: id })).toBeDefined();
    clock.advance(11 * 60_000);
    const next = (await passes().claim())!;
    expect(next).toMatchObject({ stage: 'people', afterId: id });
    expect(await passes().advance(pass!, { stage: 'structures', afterId: '' })).toBeUndefined();
    expect(await passes().advance(next, { stage: 'structures', afterId: '' })).toBeDefined();
  });

  it('waits as long as the directory asks, in every instance', async () => {
    const pass = (await passes().claim())!;
    await passes().pause(pass, new Date(clock.now().getTime() + HOUR), true);
    expect(await passes().claim()).toBeUndefined();
    clock.advance(HOUR);
    expect(await passes().claim()).toMatchObject({ failures: 1 });
  });

  it('begins once a night, and reads what changed since the last one began, with two days of overlap', async () => {
    const began = clock.now();
    clock.advance(0);
    await passes().finish((await passes().claim())!);
    clock.advance(19 * HOUR);
    expect(await passes().claim()).toBeUndefined();
    clock.advance(2 * HOUR);
    const since = new Date(began.getTime() - 2 * DAY);
    const pass = (await passes().claim())!;
    expect(pass).toMatchObject({ stage: 'people', afterId: '', since });
    await passes().release(pass);
    expect(await passes().claim()).toMatchObject({ since });
  });
});
