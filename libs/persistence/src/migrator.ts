import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TypeOrmDatabase } from './typeorm-database';

const LOCK = 'portillon.migrate';
const LOCK_WAIT_SECONDS = 60;

/** Brings the tables to the version that the code expects. */
@Injectable()
export class Migrator {
  readonly #dataSource: DataSource;

  constructor(private readonly database: TypeOrmDatabase) {
    this.#dataSource = database.dataSource;
  }

  /** Runs what is pending, one process at a time. Resolves to the names of what ran. */
  async migrate(): Promise<string[]> {
    if (this.database.dialect === 'sqlite') return this.#run();
    return this.#locked(() => this.#run());
  }

  /** Whether some migration has not run yet. */
  pending(): Promise<boolean> {
    return this.#dataSource.showMigrations();
  }

  /** Undoes the latest migration. */
  undoLast(): Promise<void> {
    return this.#dataSource.undoLastMigration();
  }

  /** The statements that would bring the tables to the entities: empty when migrations and entities agree. */
  async drift(): Promise<string[]> {
    const log = await this.#dataSource.driver.createSchemaBuilder().log();
    return log.upQueries.map((query) => query.query);
  }

  async #run(): Promise<string[]> {
    return (await this.#dataSource.runMigrations()).map((migration) => migration.name);
  }

  async #locked<Result>(work: () => Promise<Result>): Promise<Result> {
    const runner = this.#dataSource.createQueryRunner();
    try {
      const sql = 'SELECT GET_LOCK(?, ?) AS held';
      const [row] = (await runner.query(sql, [LOCK, LOCK_WAIT_SECONDS])) as { held: unknown }[];
      if (Number(row?.held) !== 1)
        throw new Error('Another process is migrating this database and does not end');
      return await work();
    } finally {
      await runner.query('SELECT RELEASE_LOCK(?)', [LOCK]).catch(() => undefined);
      await runner.release();
    }
  }
}
