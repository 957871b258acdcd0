import { DAY } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountPersistence } from '../account.persistence';
import { accountServices } from '../testing/account-bench';
import { AccountImportLineEntity } from './account-import-line.entity';
import { AccountImportEntity } from './account-import.entity';
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

  it('are deleted in full batches, however small each is, and to the last row', async () => {
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
