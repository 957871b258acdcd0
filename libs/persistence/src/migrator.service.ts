import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { SystemClock, SystemRandom } from '@portillon/kernel';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { exactlyOne } from './entity.repository';
import { isEmbedded } from './persistence.options';

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

const TABLE = 'migrationLock';
/** Maximum wait for a holder that was killed. */
const LEASE_SECONDS = 60;
const RENEWAL_MS = 20_000;

/**
 * Lets one process at a time migrate. The lock is a row whose lease follows the database server's clock: `GET_LOCK`
 * holds on one node of a Galera cluster only.
 */
export class MigrationLock {
  readonly #holder = new SystemRandom(new SystemClock()).id();
  #renewal?: NodeJS.Timeout;

  constructor(private readonly dataSource: DataSource) {}

  /** Creates the table and its row. A migration cannot do it, since it runs under the lock. */
  async prepare(): Promise<void> {
    await this.dataSource.query(
      `CREATE TABLE IF NOT EXISTS ${TABLE} (id int NOT NULL PRIMARY KEY, holder varchar(36) NULL, heldUntil int NOT NULL)`,
    );
    const values = { id: 1, heldUntil: 0 };
    await this.dataSource.createQueryBuilder().insert().into(TABLE).values(values).orIgnore().execute();
  }

  /** Takes the lock when it is free or its lease is over, and renews it. Returns whether it was taken. */
  async take(): Promise<boolean> {
    if (!(await this.#hold(`holder IS NULL OR heldUntil < ${this.#now}`))) return false;
    this.#renewal = setInterval(() => void this.#hold('holder = :holder').catch(() => undefined), RENEWAL_MS);
    this.#renewal.unref();
    return true;
  }

  async release(): Promise<void> {
    clearInterval(this.#renewal);
    await this.#update({ holder: null }, 'holder = :holder');
  }

  #hold(condition: string): Promise<boolean> {
    const heldUntil = () => `${this.#now} + ${LEASE_SECONDS}`;
    return this.#update({ holder: this.#holder, heldUntil }, condition);
  }

  async #update(values: object, condition: string): Promise<boolean> {
    const update = this.dataSource.createQueryBuilder().update(TABLE).set(values);
    return exactlyOne(await update.where(condition, { holder: this.#holder }).execute());
  }

  /** Seconds since 1970 by the database's clock. */
  get #now(): string {
    return isEmbedded(this.dataSource.manager)
      ? "CAST(strftime('%s', 'now') AS integer)"
      : 'UNIX_TIMESTAMP()';
  }
}
