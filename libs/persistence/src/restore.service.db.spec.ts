import { describeOnEveryEngine } from '@portillon/testing';
import { RestoreService } from './restore.service';
import { COUNTER, CounterEntity } from './testing/counter';

describeOnEveryEngine('a backup that was restored', [COUNTER], (bench) => {
  const rows = () => bench.dataSource.getRepository(CounterEntity);
  const clean = (afterRestore: object) =>
    new RestoreService(bench.dataSource).clean([
      { ...COUNTER, afterRestore: { emptied: [], kept: [], ...afterRestore } },
    ]);

  beforeEach(async () => {
    await rows().clear();
    await rows().insert({ id: 'a', hits: 1 });
  });

  it('loses what was open, and can be cleaned again', async () => {
    expect(await clean({ emptied: [CounterEntity] })).toEqual(['counter']);
    expect(await rows().count()).toBe(0);
    expect(await clean({ emptied: [CounterEntity] })).toEqual(['counter']);
  });

  it('keeps what lasts', async () => {
    expect(await clean({ kept: [CounterEntity] })).toEqual([]);
    expect(await rows().count()).toBe(1);
  });
});
