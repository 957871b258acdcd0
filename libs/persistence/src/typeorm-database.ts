import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'mysql2';
import { DataSource } from 'typeorm';
import { Compounds } from './compounds';
import { Database, Dialect, SqlValue, Statements } from './database';
import { poolOptions } from './data-source';
import { asAppError, isRetriable } from './database-error';
import { GatheredStatements } from './gathered-statements';
import type { Question } from './look-up';
import { PoolStatements } from './mysql-statements';
import { LostTrip, MysqlTransactions } from './mysql-transactions';
import { undoneWhenItFails } from './rollback';
import { SqliteStatements } from './sqlite-statements';
import { SqliteTransactions } from './sqlite-transactions';

const TRIES = 6;
const FIRST_PAUSE_MS = 5;

interface Transactions {
  run<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** {@link Database} over one TypeORM data source. */
@Injectable()
export class TypeOrmDatabase extends Database implements OnApplicationShutdown {
  readonly dialect: Dialect;
  readonly gathered: Statements;
  readonly #statements: Statements;
  readonly #transactions: Transactions;
  /** On MariaDB. */
  readonly #compounds?: Compounds;
  readonly #guarded?: MysqlTransactions;

  constructor(readonly dataSource: DataSource) {
    super();
    const { type } = dataSource.options;
    this.dialect = type === 'better-sqlite3' ? 'sqlite' : (type as Dialect);
    if (this.dialect === 'sqlite') {
      this.#statements = answeredStatements(new SqliteStatements(dataSource.createQueryRunner()));
      this.#transactions = new SqliteTransactions(dataSource);
      this.gathered = this;
      return;
    }
    const { url, poolSize } = dataSource.options as { url: string; poolSize?: number };
    const alone = new PoolStatements((dataSource.driver as unknown as { pool: Pool }).pool, this.dialect);
    this.#statements = answeredStatements(alone);
    const compounds = new Compounds(alone);
    const transactions = new MysqlTransactions(
      { uri: url, ...poolOptions(poolSize) },
      this.dialect,
      compounds,
    );
    this.#transactions = transactions;
    if (this.dialect === 'mariadb') [this.#compounds, this.#guarded] = [compounds, transactions];
    this.gathered = answeredStatements(new GatheredStatements(transactions.pool, alone, this.dialect));
  }

  override rows<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]> {
    return this.#statements.rows<Row>(sql, params);
  }

  override row<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row | undefined> {
    return this.#statements.row<Row>(sql, params);
  }

  override execute(sql: string, params?: readonly SqlValue[]): Promise<number> {
    return this.#statements.execute(sql, params);
  }

  override claim(sql: string, params?: readonly SqlValue[]): Promise<number> {
    return this.#statements.claim(sql, params);
  }

  override readTogether(questions: readonly Question[]): Promise<unknown[][]> {
    const compounds = this.#compounds;
    const one = compounds?.oneOf(questions);
    if (!compounds || !one) return super.readTogether(questions);
    return answered(() => compounds.read(one)).catch((error) => {
      if (compounds.areTaken) throw error;
      return super.readTogether(questions);
    });
  }

  override transaction<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result> {
    return answered(() => undoneWhenItFails((watched) => this.#transactions.run(watched), work));
  }

  override async inOneTrip<Result extends object>(
    work: (tx: Statements) => Promise<Result>,
    { shared = false } = {},
  ): Promise<Result | undefined> {
    const guarded = this.#guarded;
    if (!guarded || !this.#compounds?.areTaken) return undefined;
    try {
      return await undoneWhenItFails((watched) => guarded.runInOneTrip(watched, shared), work);
    } catch (error) {
      if (error instanceof LostTrip) return undefined;
      throw asAppError(error);
    }
  }

  override async ping(): Promise<void> {
    await this.rows('SELECT 1 AS one');
  }

  /** Closes every connection. */
  async close(): Promise<void> {
    await this.#transactions.close();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }
}

function answeredStatements(statements: Statements): Statements {
  return {
    dialect: statements.dialect,
    holdsGuards: statements.holdsGuards,
    rows: (sql, params) => answered(() => statements.rows(sql, params)),
    row: (sql, params) => answered(() => statements.row(sql, params)),
    execute: (sql, params) => answered(() => statements.execute(sql, params)),
    claim: (sql, params) => answered(() => statements.claim(sql, params)),
  };
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
