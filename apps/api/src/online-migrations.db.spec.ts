import { openDataSource } from '@portillon/persistence';
import { describeOnEveryEngine } from '@portillon/testing';
import type { DataSource, QueryRunner } from 'typeorm';
import { PERSISTENCE_PARTS } from './persistence-parts';

/** What MariaDB refuses unless the table is read and written meanwhile. */
const ONLINE = 'ALGORITHM=INPLACE, LOCK=NONE';

/** The same statement, which fails where it would stop the instances of the release before. */
function asOnline(statement: string): string {
  if (/^\s*ALTER TABLE/i.test(statement)) return `${statement}, ${ONLINE}`;
  return /^\s*CREATE (UNIQUE )?INDEX/i.test(statement)
    ? `${statement} ${ONLINE.replace(',', '')}`
    : statement;
}

describeOnEveryEngine('the migrations of a release', [], (bench, engine) => {
  const isShared = engine === 'MariaDB';
  let dataSource: DataSource;
  let runner: QueryRunner;

  beforeAll(async () => {
    dataSource = await openDataSource({ url: bench.url, parts: PERSISTENCE_PARTS, poolSize: 2 });
    runner = dataSource.createQueryRunner();
  });
  afterAll(async () => {
    await runner.release();
    await dataSource.destroy();
  });

  it('change each table while people sign in: in place, and without a lock', async () => {
    // The embedded engine serves one process, which is not there while it migrates.
    const written = isShared ? asOnline : (statement: string) => statement;
    const changed: string[] = [];
    const query = runner.query.bind(runner);
    runner.query = (statement: string, ...rest: never[]) => {
      if (asOnline(statement) !== statement) changed.push(statement);
      return query(written(statement), ...rest);
    };
    for (const migration of dataSource.migrations) await migration.up(runner);
    expect(changed.length).toBeGreaterThan(5);
  });

  if (!isShared) return;

  it('would be refused otherwise', async () => {
    const longer = asOnline('ALTER TABLE session MODIFY address varchar(2000) CHARACTER SET utf8mb4');
    await expect(runner.query(longer)).rejects.toThrow(/ALTER_OPERATION_NOT_SUPPORTED/);
  });
});
