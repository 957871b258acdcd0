import { describeOnEveryEngine } from '@portillon/testing';
import { COUNTER } from '../testing/counter';
import { SchemaRepository } from './schema.repository';
import { SchemaService } from './schema.service';

describeOnEveryEngine('tables whose migrations all ran', [COUNTER], (testDatabase, engine) => {
  const faults = () => new SchemaService(new SchemaRepository(testDatabase.dataSource)).faults();
  const alter = async (...statements: string[]) => {
    for (const statement of statements) await testDatabase.dataSource.query(statement);
  };

  afterEach(async () => {
    await testDatabase.dataSource.query('DROP TABLE IF EXISTS counter');
    await testDatabase.dataSource.query('DELETE FROM schemaMigration');
    await testDatabase.migrator.migrate();
  });

  it('are those that the code expects', async () => expect(await faults()).toEqual([]));

  it.each([
    ['a column', ['ALTER TABLE counter DROP COLUMN seenAt'], ['column counter.seenAt is missing']],
    ['an index', ['DROP INDEX counterHits ON counter'], ['index counter.counterHits (hits,id) is missing']],
    [
      'a table',
      ['DROP TABLE counter'],
      [
        'column counter.id is missing',
        'column counter.hits is missing',
        'column counter.seenAt is missing',
        'index counter.counterHits (hits,id) is missing',
      ],
    ],
    [
      'the order of an index',
      ['DROP INDEX counterHits ON counter', 'CREATE INDEX counterHits ON counter (id, hits)'],
      ['index counter.counterHits (hits,id) is on (id,hits)'],
    ],
    [
      'the two of a key that may be there twice',
      ['DROP INDEX counterHits ON counter', 'CREATE UNIQUE INDEX counterHits ON counter (hits, id)'],
      ['index counter.counterHits (hits,id) is unique'],
    ],
    [
      'a column that may be empty',
      [
        'ALTER TABLE counter DROP COLUMN seenAt',
        "ALTER TABLE counter ADD COLUMN seenAt datetime NOT NULL DEFAULT '2026-01-01'",
      ],
      ['column counter.seenAt takes no NULL'],
    ],
  ])('lack %s, which is reported', async (_what, statements, told) => {
    await alter(
      ...statements.map((one) =>
        engine === 'embedded' ? one.replace(/(DROP INDEX \w+) ON \w+/, '$1') : one,
      ),
    );
    expect(await faults()).toEqual(told);
  });

  it('may have what a later version added already', async () => {
    await alter(
      'ALTER TABLE counter ADD COLUMN note varchar(20) NULL',
      "ALTER TABLE counter ADD COLUMN kind varchar(20) NOT NULL DEFAULT 'x'",
      'CREATE INDEX counterNote ON counter (note)',
      'CREATE TABLE other (id int NOT NULL PRIMARY KEY, name varchar(5) NOT NULL)',
    );
    expect(await faults()).toEqual([]);
    await alter('DROP TABLE other');
  });

  it('refuse a text that is not compared exactly, in a column and in the database', async () => {
    if (engine === 'embedded') return;
    const service = new SchemaService(new SchemaRepository(testDatabase.dataSource));
    expect(await service.collationFault()).toBeUndefined();
    await alter('ALTER TABLE counter CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci');
    expect(await faults()).toEqual([
      'column counter.id has the collation utf8mb4_general_ci, not utf8mb4_bin',
    ]);
    await alter('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci');
    expect(await service.collationFault()).toMatch(/^the collation of the database is utf8mb4_general_ci/);
    await alter('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  });

  it('refuse a column that wants a value this version does not have, and a text that is too short', async () => {
    if (engine === 'embedded') return;
    await alter(
      'ALTER TABLE counter ADD COLUMN kind varchar(20) NOT NULL',
      'ALTER TABLE counter MODIFY COLUMN id varchar(30) NOT NULL',
    );
    expect(await faults()).toEqual([
      'column counter.id holds 30 characters, not 36',
      'column counter.kind wants a value that this version does not have',
    ]);
  });
});
