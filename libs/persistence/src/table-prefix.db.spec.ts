import { describeOnEveryEngine } from '@portillon/testing';
import { Column, DataSource, Entity, Index, MigrationInterface, PrimaryColumn, QueryRunner } from 'typeorm';
import { column, createTable } from './columns';
import { openDataSource } from './data-source';
import { EntityRepository } from './entity.repository';
import { MigratorService } from './migrator.service';
import { persistencePart } from './persistence.options';
import { flag, internal, table } from './table';
import { prefixed } from './table-prefix';

// A prefix stays with an entity for the life of the process, so that no other spec uses this one.
@Entity('tally')
@Index('tallyHits', ['hits', 'id'])
class TallyEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'int', transformer: flag })
  hits!: boolean;
}

class TallyRepository extends EntityRepository<TallyEntity> {
  readonly byId = this.loader('id');
}

class CreateTally1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const indices = [{ name: 'tallyHits', columnNames: ['hits', 'id'] }];
    await createTable(runner, 'tally', [column.id(), column.integer('hits')], indices);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('tally');
  }
}

const TALLY = persistencePart({
  tables: [
    table(TallyEntity, {
      purpose: 'Counts.',
      kept: 'for good',
      afterRestore: 'kept',
      columns: [internal('id hits')],
    }),
  ],
  migrations: [CreateTally1700000000001],
  personalData: { none: 'It counts no person.' },
});

describeOnEveryEngine('tables with a prefix', [], (bench) => {
  let dataSource: DataSource;
  let migrator: MigratorService;

  beforeAll(async () => {
    await bench.dataSource.query('CREATE TABLE tally (id int, theirs varchar(9))');
    await bench.dataSource.query('CREATE INDEX tallyHits ON tally (theirs)');
    await bench.dataSource.query("INSERT INTO tally (id, theirs) VALUES (1, 'theirs')");
    dataSource = await openDataSource({ url: bench.url, parts: prefixed('portillon_', [TALLY]) });
    migrator = new MigratorService(dataSource);
  });
  afterAll(() => dataSource.destroy());

  it('stand beside a table and an index of the application with the same names', async () => {
    expect(await migrator.migrate()).toEqual(['CreateTally1700000000001']);
    const rows = dataSource.getRepository(TallyEntity);
    await rows.insert({ id: 'ours', hits: true });
    expect(await dataSource.query('SELECT id, hits FROM portillon_tally')).toEqual([{ id: 'ours', hits: 1 }]);
    expect(await new TallyRepository(rows).byId('ours')).toEqual([{ id: 'ours', hits: true }]);
    expect(await dataSource.query('SELECT id, theirs FROM tally')).toEqual([{ id: 1, theirs: 'theirs' }]);
    expect(await migrator.drift()).toEqual([]);
  });

  it('go when their migration is undone, and the table of the application stays', async () => {
    await migrator.undoLast();
    await expect(dataSource.query('SELECT 1 FROM portillon_tally')).rejects.toThrow(/no table/);
    expect(await dataSource.query('SELECT id FROM tally')).toEqual([{ id: 1 }]);
  });

  it.each(['', 'a b_', "x'_", 'portillon', '_', 'longer_than_a_prefix_'])(
    'refuse the prefix "%s"',
    (prefix) => {
      expect(() => prefixed(prefix, [TALLY])).toThrow(/is not a prefix/);
    },
  );

  it('are refused without the prefix that they have in this process', async () => {
    await expect(openDataSource({ url: bench.url, parts: [TALLY] })).rejects.toThrow(
      'TallyEntity has the prefix "portillon_" in this process',
    );
  });

  it('are missed by their repository at once, with the call that declares them', () => {
    const rows = bench.dataSource.manager.getRepository(TallyEntity);
    expect(() => new TallyRepository(rows)).toThrow(
      'The database does not know the table of TallyEntity: give the part of its library to PersistenceModule.forRoot({ parts })',
    );
  });

  it('keep their prefix: the same is given again, another is refused', () => {
    expect(prefixed('portillon_', [TALLY])).toHaveLength(1);
    expect(() => prefixed('other_', [TALLY])).toThrow('TallyEntity has the prefix "portillon_" already');
  });
});
