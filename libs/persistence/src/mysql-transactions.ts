import { createPool } from 'mysql2';
import type { Pool, PoolOptions } from 'mysql2';
import type { Dialect, Statements } from './database';
import { GroupedStatements } from './grouped-statements';
import { connectionOf, text } from './mysql-statements';
import { OneTripStatements } from './one-trip-statements';
import { undo } from './undo';

const SQL_MODE = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY';

/** The server did not commit, and left nothing behind: a guard was lost, or a statement failed. */
export class LostTrip extends Error {}

/**
 * Connections kept for transactions, on which every statement opens one by itself (autocommit is off): a BEGIN would
 * be one more round trip in each. Lone statements never run here.
 */
export class MysqlTransactions {
  readonly pool: Pool;

  constructor(
    options: PoolOptions,
    private readonly dialect: Dialect,
  ) {
    this.pool = createPool({ ...options, multipleStatements: true });
    this.pool.on('connection', (connection) => {
      // READ COMMITTED: the default, REPEATABLE READ, takes gap locks, and sign-ins would deadlock on neighbouring keys.
      connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
      connection.query('SET autocommit = 0');
      // In the modes named here a backslash escapes, which is how the driver writes a value into a text.
      connection.query(`SET SESSION sql_mode = '${SQL_MODE}'`);
    });
  }

  async run<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result> {
    const connection = await connectionOf(this.pool);
    try {
      const result = await work(new GroupedStatements(connection, this.dialect));
      await text(connection, 'COMMIT');
      connection.release();
      return result;
    } catch (error) {
      await undo(connection);
      throw error;
    }
  }

  /** For work that asks for everything at once. @throws LostTrip when it must be run again by {@link run}. */
  async runInOneTrip<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result> {
    const connection = await connectionOf(this.pool);
    const trip = new OneTripStatements(connection, this.dialect);
    try {
      const result = await work(trip);
      // Work that took no notice of the server's error.
      if (trip.state === 'lost') throw new LostTrip();
      connection.release();
      return result;
    } catch (error) {
      await undo(connection);
      throw trip.state === 'lost' ? new LostTrip() : error;
    }
  }

  close(): Promise<void> {
    return this.pool.promise().end();
  }
}
