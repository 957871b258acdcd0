import { AppError } from '@portillon/kernel';
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DataSource, DataSourceOptions } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner';
import { asAppError, failedStatement, recordFailure } from '../database/database-errors';
import { tracedStatement } from '../traced-statement';
import { SafeLibsql } from './safe-libsql.adapter';

const insideTransaction = new AsyncLocalStorage<true>();

/** Opens the embedded engine on the file of `url` and creates it if missing; `:memory:` stores nothing. */
export async function openEmbedded(url: string, schema: object): Promise<DataSource> {
  const database = url.replace(/^sqlite:(\/\/)?/, '');
  if (database !== ':memory:') await mkdir(dirname(database), { recursive: true });
  const source = new DataSource({
    ...schema,
    type: 'better-sqlite3',
    driver: await SafeLibsql.load(),
    database,
    enableWAL: database !== ':memory:',
    // A committed code or session must survive a power cut, in WAL mode too.
    prepareDatabase: (connection: SafeLibsql) => connection.pragma('synchronous = FULL'),
  } as DataSourceOptions);
  return serialise(source).initialize().catch(refuseFile);
}

/** SQLite's messages name the file, and some of its failures have no code. */
function refuseFile(cause: unknown): never {
  throw new AppError('service.busy', { detail: 'the embedded database cannot be opened', cause });
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

/** One holder at a time, first come, first served. */
export class Mutex {
  #tail: Promise<void> = Promise.resolve();

  /** Resolves to the function that releases the lock. */
  async acquire(): Promise<() => void> {
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const previous = this.#tail;
    this.#tail = previous.then(() => held);
    await previous;
    return release;
  }
}
