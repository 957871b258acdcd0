import { DAY, SECOND } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountPersistence } from '../account.persistence';
import { accountServices } from '../testing/account.fixture';
import { AccountImportLineEntity, AccountImportEntity } from './account-import.entity';
import type { AccountImportService } from './account-import.service';

const BATCH = 5;
const ORDER = { mode: 'GOOD_LINES', whenInterrupted: 'RESUME', dryRun: false } as const;

describeOnEveryEngine('imports that were kept for their 30 days', [accountPersistence], (bench) => {
  let clock: SettableClock;
  let imports: AccountImportService;

  beforeEach(async () => {
    clock = new SettableClock();
    imports = accountServices(bench.dataSource, clock).imports;
  });

  async function importOf(lines: number): Promise<string> {
    const id = await imports.begin({ ...ORDER, actorId: null, structureId: null });
    const content = { username: 'claire', email: 'claire@h.example', displayName: 'Claire' };
    await imports.add(
      id,
      Array.from({ length: lines }, (_, index) => ({ line: index + 2, content })),
    );
    await imports.end(id, 'ABANDONED', lines);
    return id;
  }
  const left = async () => {
    const rows = await bench.dataSource.getRepository(AccountImportEntity).find();
    const lines = await bench.dataSource.getRepository(AccountImportLineEntity).count();
    return { imports: rows.map(({ id }) => id), lines };
  };

  it('are deleted in full batches, even small ones, to the last row', async () => {
    for (const lines of [0, 1, 7, 2]) await importOf(lines);
    clock.advance(31 * DAY);
    const recent = await importOf(1);
    const deleted = [];
    for (let turn = 0; turn < 4; turn++) deleted.push(await imports.purge(BATCH));
    // Ten lines and their four imports.
    expect(deleted).toEqual([5, 5, 4, 0]);
    expect(await left()).toEqual({ imports: [recent], lines: 1 });
  });
});

describeOnEveryEngine('an import of accounts', [accountPersistence], (bench) => {
  let clock: SettableClock;
  let imports: AccountImportService;

  beforeEach(async () => {
    await bench.empty();
    clock = new SettableClock();
    imports = accountServices(bench.dataSource, clock).imports;
  });

  const inOne: typeof bench.transactions.run = (work) => bench.transactions.run(work);
  const content = (username: string, nationalId?: string) => ({
    username,
    email: `${username}@h.example`,
    displayName: username,
    nationalId,
  });

  async function importOf(...contents: ReturnType<typeof content>[]): Promise<string> {
    const id = await imports.begin({ ...ORDER, actorId: 'admin', structureId: 's1' });
    await imports.add(
      id,
      contents.map((one, index) => ({ line: index + 2, content: one })),
    );
    await imports.end(id, 'CHECKING', contents.length);
    return id;
  }

  it('belongs to one worker, though sixteen look for work', async () => {
    const id = await importOf(content('claire'));
    const { results, errors } = await concurrently(16, () => imports.lease());
    expect(errors).toEqual([]);
    const leases = results.filter((lease) => lease !== undefined);
    expect(leases).toEqual([{ id, leaseId: expect.any(String), state: 'CHECKING', interrupted: false }]);
  });

  it("passes to another worker 30 seconds after the first one's last sign of life", async () => {
    await importOf(content('claire'));
    const first = (await imports.lease())!;
    clock.advance(29 * SECOND);
    expect(await inOne((tx) => imports.renewLease(first, tx))).toBe(true);
    clock.advance(29 * SECOND);
    expect(await imports.lease()).toBeUndefined();
    clock.advance(SECOND);
    const second = (await imports.lease())!;
    expect(second).toMatchObject({ id: first.id, interrupted: true });
    expect(await inOne((tx) => imports.renewLease(first, tx))).toBe(false);
    expect(await inOne((tx) => imports.finish(second, 'CHECKED', tx))).toBe(true);
    expect(await imports.lease()).toBeUndefined();
    expect(await imports.get(first.id)).toMatchObject({ state: 'CHECKED', total: 1, actorId: 'admin' });
  });

  it('finds the lines that repeat a name or a national id', async () => {
    const twice = [content('Claire'), content('paul', '899700366240'), content('zoe', '899700366240')];
    const id = await importOf(...twice, content('CLAIRE'));
    const lines = await imports.lines(id, { limit: 10 });
    expect([...(await inOne((tx) => imports.doubles(id, lines, tx)))].sort()).toEqual([4, 5]);
  });

  it('counts its lines by result', async () => {
    const id = await importOf(content('claire'), content('paul'), content('zoe'));
    const problems = [{ field: 'email', code: 'format' }];
    await inOne(async (tx) => {
      await imports.good(id, [2, 3], tx);
      await imports.change(id, { line: 4, state: 'BAD', problems }, tx);
      await imports.change(id, { line: 2, state: 'MADE', accountId: 'a1' }, tx);
    });
    expect((await imports.get(id))!.lines).toMatchObject({ NEW: 0, GOOD: 1, BAD: 1, MADE: 1 });
    const [bad] = await imports.lines(id, { states: ['BAD'], limit: 10 });
    expect(bad).toMatchObject({ line: 4, problems, content: { username: 'zoe' } });
  });

  it('blanks the lines of an erased person in every file', async () => {
    const made = await importOf(content('claire.before'), content('paul'));
    const waiting = await importOf(content('CLAIRE'), content('zoe', '899700366240'), content('nadia'));
    await inOne((tx) => imports.change(made, { line: 2, state: 'MADE', accountId: 'a1' }, tx));
    const claire = { id: 'a1', username: 'claire', nationalId: '899700366240' };
    await inOne((tx) => imports.forget(claire, tx));
    const seen = async (id: string) =>
      (await imports.lines(id, { limit: 10 })).map((line) => [line.state, line.content.username]);
    expect(await seen(made)).toEqual([
      ['MADE', ''],
      ['NEW', 'paul'],
    ]);
    expect(await seen(waiting)).toEqual([
      ['BAD', ''],
      ['BAD', ''],
      ['NEW', 'nadia'],
    ]);
  });
});
