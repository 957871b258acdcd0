import { describeOnEveryEngine } from '@portillon/testing';
import type { DataSource } from 'typeorm';
import { openDataSource } from './data-source';
import { MigratorService } from './migrator.service';
import { prefixed } from './table-prefix';
import { COUNTER, CounterEntity } from './testing/counter';

describeOnEveryEngine('tables with a prefix', [], (bench) => {
  let dataSource: DataSource;
  let migrator: MigratorService;

  beforeAll(async () => {
    await bench.dataSource.query('CREATE TABLE counter (id int, theirs varchar(9))');
    await bench.dataSource.query('CREATE INDEX counterHits ON counter (theirs)');
    await bench.dataSource.query("INSERT INTO counter (id, theirs) VALUES (1, 'theirs')");
    dataSource = await openDataSource({ url: bench.url, parts: prefixed('portillon_', [COUNTER]) });
    migrator = new MigratorService(dataSource);
  });
  afterAll(() => dataSource.destroy());

  it('stand beside a table and an index of the application with the same names', async () => {
    expect(await migrator.migrate()).toEqual(['CreateCounter1700000000000']);
    const rows = dataSource.getRepository(CounterEntity);
    await rows.insert({ id: 'ours', hits: 3, seenAt: null });
    expect(await dataSource.query('SELECT id, hits FROM portillon_counter')).toEqual([
      { id: 'ours', hits: 3 },
    ]);
    expect(await dataSource.query('SELECT id, theirs FROM counter')).toEqual([{ id: 1, theirs: 'theirs' }]);
    expect(await migrator.drift()).toEqual([]);
  });

  it('go when their migration is undone, and the table of the application stays', async () => {
    await migrator.undoLast();
    await expect(dataSource.query('SELECT 1 FROM portillon_counter')).rejects.toThrow(/no table/);
    expect(await dataSource.query('SELECT id FROM counter')).toEqual([{ id: 1 }]);
  });

  it.each(['', 'a b_', "x'_", 'portillon', '_', 'longer_than_a_prefix_'])(
    'refuse the prefix "%s"',
    (prefix) => {
      expect(() => prefixed(prefix, [COUNTER])).toThrow(/no prefix/);
    },
  );

  it('keep their prefix: the same is given again, another is refused', () => {
    expect(prefixed('portillon_', [COUNTER])).toHaveLength(1);
    expect(() => prefixed('other_', [COUNTER])).toThrow('CounterEntity has the prefix "portillon_" already');
  });
});
