import type { Pool, PoolConnection } from 'mysql2';
import type { Dialect, SqlValue, Statements } from './database';
import { StatementWatch } from './statement-watch';

/** A statement that has not been answered by then is given up, and its connection with it. */
const watch = new StatementWatch(5_000);

/** Prepared statements on a pool (each its own unit) or on one connection (inside a transaction). */
export class MysqlStatements implements Statements {
  constructor(
    private readonly target: Pool | PoolConnection,
    readonly dialect: Dialect,
  ) {}

  async rows<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return (await this.#run(sql, params)) as Row[];
  }

  async row<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row | undefined> {
    return (await this.rows<Row>(sql, params))[0];
  }

  async execute(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    return ((await this.#run(sql, params)) as { affectedRows: number }).affectedRows;
  }

  #run(sql: string, values: readonly SqlValue[]): Promise<unknown> {
    return 'getConnection' in this.target
      ? onPool(this.target, sql, values)
      : onConnection(this.target, sql, values);
  }
}

/** A connection of the pool. @throws Error when none comes in time: all are waiting for a database that does not answer. */
export function connectionOf(pool: Pool): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    let late = false;
    const giveUp = () => {
      late = true;
      reject(unanswered());
    };
    watch.expect(giveUp);
    pool.getConnection((error, connection) => {
      watch.answered(giveUp);
      if (late) return connection?.release();
      if (error) reject(error);
      else resolve(connection);
    });
  });
}

async function onPool(pool: Pool, sql: string, values: readonly SqlValue[]): Promise<unknown> {
  const connection = await connectionOf(pool);
  try {
    return await onConnection(connection, sql, values);
  } finally {
    connection.release();
  }
}

function onConnection(
  connection: PoolConnection,
  sql: string,
  values: readonly SqlValue[],
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // Nobody knows what the server still makes of it, so that connection is never used again.
    const giveUp = () => {
      connection.destroy();
      reject(unanswered());
    };
    watch.expect(giveUp);
    connection.execute(sql, values as SqlValue[], (error, result) => {
      watch.answered(giveUp);
      if (error) reject(error);
      else resolve(result);
    });
  });
}

function unanswered(): Error {
  return Object.assign(new Error('The database did not answer in time'), {
    code: 'PROTOCOL_SEQUENCE_TIMEOUT',
  });
}
