import { randomBytes } from 'node:crypto';
import { openDataSource } from '@portillon/persistence';
import { describeOnMariadb, SqlClient } from '@portillon/testing';
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

describeOnMariadb('the migrations of a release', () => {
  const name = `online_${randomBytes(6).toString('hex')}`;
  const url = (database: string) =>
    `mysql://root@127.0.0.1:${process.env['PORTILLON_TEST_MARIADB_PORT']}/${database}`;
  let server: SqlClient;
  let dataSource: DataSource;
  let runner: QueryRunner;

  beforeAll(async () => {
    server = await SqlClient.open(url('mysql'));
    await server.execute(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    dataSource = await openDataSource({ url: url(name), parts: PERSISTENCE_PARTS, poolSize: 2 });
    runner = dataSource.createQueryRunner();
  });
  afterAll(async () => {
    await runner.release();
    await dataSource.destroy();
    await server.execute(`DROP DATABASE ${name}`);
    await server.close();
  });

  it('change each table while people sign in: in place, and without a lock', async () => {
    const changed: string[] = [];
    const query = runner.query.bind(runner);
    runner.query = (statement: string, ...rest: never[]) => {
      if (asOnline(statement) !== statement) changed.push(statement);
      return query(asOnline(statement), ...rest);
    };
    for (const migration of dataSource.migrations) await migration.up(runner);
    expect(changed.length).toBeGreaterThan(5);
  });

  it('would be refused otherwise', async () => {
    const longer = asOnline('ALTER TABLE session MODIFY address varchar(2000) CHARACTER SET utf8mb4');
    await expect(runner.query(longer)).rejects.toThrow(/ALTER_OPERATION_NOT_SUPPORTED/);
  });
});
