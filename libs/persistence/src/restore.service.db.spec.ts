import { describeOnEveryEngine } from '@portillon/testing';
import { Loss, RestoreService } from './restore.service';
import { COUNTER, CounterEntity } from './testing/counter';

describeOnEveryEngine('a restored backup', [COUNTER], (testDatabase) => {
  const rows = () => testDatabase.dataSource.getRepository(CounterEntity);
  const clean = (afterRestore: 'emptied' | 'kept', afterLoss?: 'kept', loss?: Loss) =>
    new RestoreService(testDatabase.dataSource).clean(
      [
        {
          ...COUNTER,
          tables: COUNTER.tables.map((one) => ({ ...one, afterRestore, ...(afterLoss && { afterLoss }) })),
        },
      ],
      loss,
    );

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

  it('that lost its last seconds keeps what is still right, and loses what may have ended', async () => {
    expect(await clean('emptied', 'kept', 'last-seconds')).toEqual([]);
    expect(await rows().count()).toBe(1);
    expect(await clean('emptied', 'kept')).toEqual(['counter']);
    await rows().insert({ id: 'b', hits: 1 });
    expect(await clean('emptied', undefined, 'last-seconds')).toEqual(['counter']);
  });
});
