import { createPool } from 'mysql2';
import type { Pool, PoolConnection, PoolOptions } from 'mysql2';
import type { Dialect, Statements } from './database';
import { connectionOf, MysqlStatements } from './mysql-statements';

/**
 * Connections kept for transactions, on which every statement opens one by itself (autocommit is off): a BEGIN would
 * be one more round trip in each. Lone statements never run here.
 */
export class MysqlTransactions {
  readonly #pool: Pool;

  constructor(
    options: PoolOptions,
    private readonly dialect: Dialect,
  ) {
    this.#pool = createPool(options);
    this.#pool.on('connection', (connection) => {
      // READ COMMITTED: the default, REPEATABLE READ, takes gap locks, and sign-ins would deadlock on neighbouring keys.
      connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
      connection.query('SET autocommit = 0');
    });
  }

  async run<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result> {
    const connection = await connectionOf(this.#pool);
    try {
      const result = await work(new MysqlStatements(connection, this.dialect));
      await end(connection, 'COMMIT');
      connection.release();
      return result;
    } catch (error) {
      await undo(connection);
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#pool.promise().end();
  }
}

/** A connection whose transaction cannot be undone is never used again: the server undoes it when it is gone. */
async function undo(connection: PoolConnection): Promise<void> {
  try {
    await end(connection, 'ROLLBACK');
    connection.release();
  } catch {
    connection.destroy();
  }
}

function end(connection: PoolConnection, sql: 'COMMIT' | 'ROLLBACK'): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.query({ sql, timeout: END_TIMEOUT_MS }, (error) => (error ? reject(error) : resolve()));
  });
}

const END_TIMEOUT_MS = 5_000;
