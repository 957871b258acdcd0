import {
  MigratorService,
  openDataSource,
  prefixed,
  SchemaRepository,
  SchemaService,
} from '@portillon/persistence';
import { describeOnEveryEngine } from '@portillon/testing';
import type { DataSource } from 'typeorm';
import { PERSISTENCE_PARTS } from './persistence-parts';

const THEIRS = ['account', 'notification', 'session', 'structure'];
const TABLES = {
  MariaDB: 'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
  embedded: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
};

describeOnEveryEngine('the migrations of all libraries with a prefix', [], (bench, engine) => {
  let dataSource: DataSource;
  let migrator: MigratorService;

  beforeAll(async () => {
    for (const table of THEIRS) await bench.dataSource.query(`CREATE TABLE ${table} (theirs int)`);
    for (const table of THEIRS) await bench.dataSource.query(`INSERT INTO ${table} (theirs) VALUES (7)`);
    dataSource = await openDataSource({ url: bench.url, parts: prefixed('ours_', PERSISTENCE_PARTS) });
    migrator = new MigratorService(dataSource);
  });
  afterAll(() => dataSource.destroy());

  const otherTables = async () => {
    const found = await dataSource.query<{ name: string }[]>(TABLES[engine]);
    return found.map(({ name }) => name).filter((name) => !name.startsWith('ours_'));
  };
  const expectTheirs = async () => {
    expect((await otherTables()).sort()).toEqual([...THEIRS, 'migrationLock', 'schemaMigration'].sort());
    for (const table of THEIRS)
      expect(await dataSource.query(`SELECT * FROM ${table}`)).toEqual([{ theirs: 7 }]);
  };

  it('make the tables that the entities expect, beside those of an application', async () => {
    await migrator.migrate();
    expect(await new SchemaService(new SchemaRepository(dataSource)).faults()).toEqual([]);
    await expectTheirs();
  });

  it('are undone one by one, and leave the tables of the application', async () => {
    for (let left = dataSource.migrations.length; left > 0; left--) await migrator.undoLast();
    expect(await dataSource.query('SELECT * FROM schemaMigration')).toEqual([]);
    await expectTheirs();
  });
});
