import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { MigrationLock } from './migration-lock';

/** Where TypeORM lists what ran, in an application that names no other table. */
const TYPEORM_TABLE = 'migrations';
const POLL_MS = 200;
const PATIENCE_MS = 60_000;

/** Brings the tables to the version that the code expects. */
@Injectable()
export class MigratorService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Runs what is pending, one process at a time. Resolves to the names of what ran. Where nothing is, it only reads: the
   * account that serves has no right to more.
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

  /** Whether some migration has not run yet. By reading alone: TypeORM would make the table that lists them. */
  async pending(): Promise<boolean> {
    return (await this.#isNew()) || (await this.dataSource.showMigrations());
  }

  /** Undoes the latest migration. */
  undoLast(): Promise<void> {
    return this.dataSource.undoLastMigration();
  }

  /** The statements that would bring the tables to the entities: empty when migrations and entities agree. */
  async drift(): Promise<string[]> {
    const log = await this.dataSource.driver.createSchemaBuilder().log();
    return log.upQueries.map((query) => query.query);
  }

  /** Whether no migration ever ran. */
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
