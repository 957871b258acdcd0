import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner';
import { asAppError, failedStatement } from '../database/database-errors';
import { recordFailure } from '../full-storage';
import { tracedStatement } from '../traced-statement';
import { Mutex } from './mutex';

const insideTransaction = new AsyncLocalStorage<true>();

/**
 * Gives the connection to one transaction or one single statement at a time. TypeORM's SQLite drivers give every
 * caller the same connection, so that concurrent transactions fail, and a statement beside a transaction is lost with
 * its rollback (typeorm#307, #1884).
 */
class SerialQueryRunner extends BetterSqlite3QueryRunner {
  #release?: () => void;

  constructor(
    driver: BetterSqlite3Driver,
    private readonly mutex: Mutex,
  ) {
    super(driver);
  }

  override async startTransaction(): Promise<void> {
    const outermost = !this.#release;
    if (outermost) {
      refuseOuterConnection();
      this.#release = await this.mutex.acquire();
    }
    try {
      await super.startTransaction();
    } catch (error) {
      if (outermost) this.#free();
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    await super.commitTransaction();
    if (!this.isTransactionActive) this.#free();
  }

  override async rollbackTransaction(): Promise<void> {
    try {
      await super.rollbackTransaction();
    } finally {
      if (!this.isTransactionActive) this.#free();
    }
  }

  // IMMEDIATE takes the write lock at once; a deferred transaction would fail with SQLITE_BUSY when two processes
  // write.
  override async query<Result>(sql: string, params?: unknown[], structured?: boolean): Promise<Result> {
    const text = sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE TRANSACTION' : sql;
    if (this.#release) return this.#run<Result>(text, params, structured);
    refuseOuterConnection();
    const release = await this.mutex.acquire();
    try {
      return await this.#run<Result>(text, params, structured);
    } finally {
      release();
    }
  }

  override async release(): Promise<void> {
    if (this.isTransactionActive) await this.rollbackTransaction().catch(() => undefined);
    this.#free();
    return super.release();
  }

  async #run<Result>(sql: string, params?: unknown[], structured?: boolean): Promise<Result> {
    try {
      return await tracedStatement<Result>('sqlite', sql, () => super.query(sql, params, structured));
    } catch (error) {
      recordFailure(this.dataSource, error);
      const failure = asAppError(error);
      throw failure === error ? failedStatement(sql, error) : failure;
    }
  }

  #free(): void {
    this.#release?.();
    this.#release = undefined;
  }
}

function refuseOuterConnection(): void {
  if (!insideTransaction.getStore()) return;
  throw new Error('Inside a transaction, use its EntityManager: the outer connection would wait for ever');
}

/** Makes `dataSource`, an embedded one, safe for concurrent callers. */
export function serialise(dataSource: DataSource): DataSource {
  const mutex = new Mutex();
  dataSource.driver.createQueryRunner = () =>
    new SerialQueryRunner(dataSource.driver as BetterSqlite3Driver, mutex);
  return dataSource;
}

/** Runs `work` so that any use of the outer connection throws instead of waiting forever. */
export function asTransaction<Result>(work: () => Promise<Result>): Promise<Result> {
  return insideTransaction.run(true, work);
}
