import { describeOnEveryEngine } from '@portillon/testing';
import { RestoreService } from './restore.service';
import { COUNTER, CounterEntity } from './testing/counter';

describeOnEveryEngine('a restored backup', [COUNTER], (testDatabase) => {
  const rows = () => testDatabase.dataSource.getRepository(CounterEntity);
  const clean = (afterRestore: 'emptied' | 'kept') =>
    new RestoreService(testDatabase.dataSource).clean([
      { ...COUNTER, tables: COUNTER.tables.map((one) => ({ ...one, afterRestore })) },
    ]);

  beforeEach(async () => {
    await rows().clear();
    await rows().insert({ id: 'a', hits: 1 });
  });

  it('loses open processes, and can be cleaned again', async () => {
    expect(await clean('emptied')).toEqual(['counter']);
    expect(await rows().count()).toBe(0);
    expect(await clean('emptied')).toEqual(['counter']);
  });

  it('keeps permanent data', async () => {
    expect(await clean('kept')).toEqual([]);
    expect(await rows().count()).toBe(1);
  });
});
