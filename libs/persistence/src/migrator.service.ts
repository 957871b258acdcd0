import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { MigrationLock } from './migration-lock';

/** TypeORM's default table of migrations. */
const TYPEORM_TABLE = 'migrations';
const POLL_MS = 200;
const PATIENCE_MS = 60_000;

/** Brings the tables to the version that the code expects. */
@Injectable()
export class MigratorService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Runs pending migrations, one process at a time. Returns the names of those that ran. Without pending ones it only
   * reads, since the serving account may not do more.
   */
  async migrate(): Promise<string[]> {
    if (!(await this.pending())) return [];
    const lock = new MigrationLock(this.dataSource);
    await this.#take(lock);
    try {
      return (await this.dataSource.runMigrations()).map((migration) => migration.name);
    } finally {
      await lock.release();
    }
  }

  /** Whether a migration is pending. It only reads: TypeORM would create the table of migrations. */
  async pending(): Promise<boolean> {
    return (await this.#isNew()) || (await this.dataSource.showMigrations());
  }

  /** Undoes the latest migration. */
  undoLast(): Promise<void> {
    return this.dataSource.undoLastMigration();
  }

  /** Returns the statements that would bring the tables to the entities: empty when migrations and entities agree. */
  async drift(): Promise<string[]> {
    const log = await this.dataSource.driver.createSchemaBuilder().log();
    return log.upQueries.map((query) => query.query);
  }

  /** Whether no migration has run. */
  async #isNew(): Promise<boolean> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return !(await runner.hasTable(this.dataSource.options.migrationsTableName ?? TYPEORM_TABLE));
    } finally {
      await runner.release();
    }
  }

  async #take(lock: MigrationLock): Promise<void> {
    await lock.prepare();
    for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
      if (await lock.take()) return;
      await pause(POLL_MS);
    }
    throw new Error('Another process is migrating this database and does not end');
  }
}
