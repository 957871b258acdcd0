import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { MigratorService, openDataSource, PersistencePart, Transactions } from '@portillon/persistence';
import { createConnection } from 'mysql2/promise';
import type { DataSource } from 'typeorm';
import { scratchFolder } from './scratch-folder';

export interface TestDatabase {
  dataSource: DataSource;
  transactions: Transactions;
  migrator: MigratorService;
  /** Deletes every row of the tables of these parts. */
  empty(): Promise<void>;
  /** URL for a second process or a second pool on the same data. */
  url: string;
}

interface Engine {
  name: 'MariaDB' | 'embedded';
  create(): Promise<{ url: string; drop(): Promise<void> }>;
}

/**
 * Runs the same tests on a fresh database of each engine: MariaDB and the embedded one.
 * `testDatabase` is filled before the first test and emptied after the last.
 */
export function describeOnEveryEngine(
  title: string,
  parts: PersistencePart[],
  tests: (testDatabase: TestDatabase, engine: Engine['name']) => void,
): void {
  for (const engine of engines()) {
    describe(`${title} (${engine.name})`, () => {
      const testDatabase = {} as TestDatabase;
      let close: () => Promise<void>;

      beforeAll(async () => {
        const { url, drop } = await engine.create();
        const dataSource = await openMigrated(url, parts);
        const transactions = new Transactions(dataSource);
        const migrator = new MigratorService(dataSource);
        const empty = () => emptyTables(dataSource);
        Object.assign(testDatabase, { dataSource, transactions, migrator, empty, url });
        close = async () => {
          await dataSource.destroy();
          await drop();
        };
      }, 60_000);

      afterAll(() => close?.());

      tests(testDatabase, engine.name);
    });
  }
}

/** Tests that need a MariaDB server: skipped on a machine without it; CI requires it. */
export function describeOnMariadb(title: string, tests: () => void): void {
  (process.env['PORTILLON_TEST_MARIADB_PORT'] ? describe : describe.skip)(title, tests);
}

/** Opens `url` and migrates it. */
export async function openMigrated(url: string, parts: PersistencePart[]): Promise<DataSource> {
  const dataSource = await openDataSource({ url, parts, poolSize: 20 });
  await new MigratorService(dataSource).migrate();
  return dataSource;
}

async function emptyTables(dataSource: DataSource): Promise<void> {
  for (const { target } of dataSource.entityMetadatas) await dataSource.getRepository(target).deleteAll();
}

function engines(): Engine[] {
  const port = process.env['PORTILLON_TEST_MARIADB_PORT'];
  const embedded: Engine = { name: 'embedded', create: createFile };
  return port ? [{ name: 'MariaDB', create: () => createOn(Number(port)) }, embedded] : [embedded];
}

async function createOn(port: number) {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string) => {
    const connection = await createConnection({ host: '127.0.0.1', port, user: 'root' });
    await connection.query(sql).finally(() => connection.end());
  };
  await run(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  return { url: `mysql://root@127.0.0.1:${port}/${name}`, drop: () => run(`DROP DATABASE ${name}`) };
}

async function createFile() {
  const folder = scratchFolder('portillon-embedded-');
  return {
    url: join(folder, 'portillon.db'),
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
