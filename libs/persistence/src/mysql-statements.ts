import type { Pool, PoolConnection } from 'mysql2';
import type { Dialect, SqlValue, Statements } from './database';
import { StatementWatch } from './statement-watch';

/** A statement that has not been answered by then is given up, and its connection with it. */
const watch = new StatementWatch(4_000);

/** Statements of a server, whatever they run on. */
export abstract class MysqlStatements implements Statements {
  readonly holdsGuards: boolean = false;

  constructor(readonly dialect: Dialect) {}

  async rows<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return (await this.run(sql, params)) as Row[];
  }

  async row<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row | undefined> {
    return (await this.rows<Row>(sql, params))[0];
  }

  async execute(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    return ((await this.run(sql, params)) as { affectedRows: number }).affectedRows;
  }

  /** Where the guard is held by the server, see {@link OneTripStatements}; elsewhere by whoever looks at the answer. */
  claim(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    return this.execute(sql, params);
  }

  abstract run(sql: string, values: readonly SqlValue[]): Promise<unknown>;
}

/** Prepared statements on a pool, each its own committed unit. */
export class PoolStatements extends MysqlStatements {
  constructor(
    private readonly pool: Pool,
    dialect: Dialect,
  ) {
    super(dialect);
  }

  override async run(sql: string, values: readonly SqlValue[]): Promise<unknown> {
    const connection = await connectionOf(this.pool);
    try {
      return await prepared(connection, sql, values);
    } finally {
      connection.release();
    }
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

/** One prepared statement, kept by the connection. */
export function prepared(
  connection: PoolConnection,
  sql: string,
  values: readonly SqlValue[],
): Promise<unknown> {
  return watched(connection, (done) => connection.execute(sql, values as SqlValue[], done));
}

/** A text of one statement or more, all of whose values are in it. */
export function text(connection: PoolConnection, sql: string): Promise<unknown> {
  return watched(connection, (done) => connection.query(sql, done));
}

function watched(
  connection: PoolConnection,
  send: (done: (error: Error | null, result: unknown) => void) => unknown,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // Nobody knows what the server still makes of it, so that connection is never used again.
    const giveUp = () => {
      connection.destroy();
      reject(unanswered());
    };
    watch.expect(giveUp);
    send((error, result) => {
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
