import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import type { Pool, PoolConnection } from 'mysql2';
import { DataSource, EntityManager } from 'typeorm';
import { Database, Dialect, SqlValue, Statements } from './database';
import { asAppError, isRetriable } from './database-error';
import { MysqlStatements } from './mysql-statements';
import { asTransaction } from './serial-runner';
import { SqliteStatements } from './sqlite-statements';

const TRIES = 6;
const FIRST_PAUSE_MS = 5;

/** {@link Database} over one TypeORM data source: same pool for the mapper and for the prepared statements. */
@Injectable()
export class TypeOrmDatabase extends Database implements OnApplicationShutdown {
  readonly dialect: Dialect;
  readonly #statements: Statements;

  constructor(readonly dataSource: DataSource) {
    super();
    const type = dataSource.options.type;
    this.dialect = type === 'better-sqlite3' ? 'sqlite' : (type as Dialect);
    this.#statements =
      this.dialect === 'sqlite'
        ? new SqliteStatements(dataSource.createQueryRunner())
        : this.#mysql(this.#pool, dataSource.manager);
  }

  override get manager(): EntityManager {
    return this.dataSource.manager;
  }

  override rows<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]> {
    return answered(() => this.#statements.rows<Row>(sql, params));
  }

  override row<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row | undefined> {
    return answered(() => this.#statements.row<Row>(sql, params));
  }

  override execute(sql: string, params?: readonly SqlValue[]): Promise<number> {
    return answered(() => this.#statements.execute(sql, params));
  }

  override transaction<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result> {
    return answered(() => this.#attempt(work));
  }

  override async ping(): Promise<void> {
    await this.rows('SELECT 1 AS one');
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  async #attempt<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction();
      const result = await (this.dialect === 'sqlite'
        ? asTransaction(() => work(new SqliteStatements(runner)))
        : work(this.#mysql((await runner.connect()) as PoolConnection, runner.manager)));
      await runner.commitTransaction();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  get #pool(): Pool {
    return (this.dataSource.driver as unknown as { pool: Pool }).pool;
  }

  #mysql(target: Pool | PoolConnection, manager: EntityManager): Statements {
    return new MysqlStatements(target, this.dialect, manager);
  }
}

/** A unit that lost to another, be it a transaction or a lone statement, left nothing behind: it lets the other end and is run again. */
async function answered<Result>(unit: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await unit();
    } catch (error) {
      if (!isRetriable(error) || attempt === TRIES) throw asAppError(error);
      await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }
}
