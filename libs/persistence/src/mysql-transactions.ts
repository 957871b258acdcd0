import { createPool } from 'mysql2';
import type { Pool, PoolOptions } from 'mysql2';
import type { Compounds } from './compounds';
import type { Dialect, Statements } from './database';
import { GroupedStatements } from './grouped-statements';
import { connectionOf, text } from './mysql-statements';
import { OneTripStatements } from './one-trip-statements';
import { Trips } from './trips';
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
  readonly #trips: Trips;

  constructor(
    options: PoolOptions,
    private readonly dialect: Dialect,
    compounds: Compounds,
  ) {
    this.pool = createPool({ ...options, multipleStatements: true });
    this.#trips = new Trips(this.pool, compounds);
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

  /** For work that asks for everything at once. @throws LostTrip when the server undid it. */
  async runInOneTrip<Result>(work: (tx: Statements) => Promise<Result>, shared: boolean): Promise<Result> {
    const trips = this.#trips;
    const tx = new OneTripStatements(
      (statements) => (shared ? trips.run(statements) : trips.runAlone(statements)),
      this.dialect,
    );
    try {
      const result = await work(tx);
      // Work that took no notice of the server's error.
      if (tx.isLost) throw new LostTrip();
      return result;
    } catch (error) {
      tx.giveUp();
      throw tx.isLost ? new LostTrip() : error;
    }
  }

  close(): Promise<void> {
    return this.pool.promise().end();
  }
}
