import type { Pool } from 'mysql2';
import type { Dialect, SqlValue } from './database';
import { isServersAnswer } from './database-error';
import { Gathering, told } from './gathering';
import { connectionOf, MysqlStatements, PoolStatements, text } from './mysql-statements';
import { undo } from './undo';

interface Asked {
  sql: string;
  values: readonly SqlValue[];
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/** So many batches are on their way at a time: one at the server, one being answered, one being made. */
const LANES = 3;
/** Few enough that nobody waits long for the others. */
const MOST = 16;

/**
 * Short statements that many requests ask for at the same moment. Those of one turn of the event loop, and those that
 * come while every lane is busy, go to the server in one trip and one commit, as a database gathers commits for its
 * own log. One that comes alone goes alone, prepared. Nobody has an answer before the commit, so each is a committed
 * unit of its own to whoever asks: when one of a batch fails, the batch is undone and each is run by itself.
 */
export class GatheredStatements extends MysqlStatements {
  readonly #gathering = new Gathering<Asked>(LANES, MOST, (batch) => this.#answer(batch));

  constructor(
    /** Of connections whose statements open a transaction by themselves. */
    private readonly pool: Pool,
    private readonly alone: PoolStatements,
    dialect: Dialect,
  ) {
    super(dialect);
  }

  override run(sql: string, values: readonly SqlValue[]): Promise<unknown> {
    return new Promise((resolve, reject) => this.#gathering.add({ sql, values, resolve, reject }));
  }

  async #answer(batch: Asked[]): Promise<() => void> {
    if (batch.length === 1) return this.#eachAlone(batch);
    try {
      const results = await this.#together(batch);
      return () => batch.forEach((one, index) => one.resolve(results[index]));
    } catch (error) {
      if (isServersAnswer(error)) return this.#eachAlone(batch);
      // Nobody knows what was committed: to run them again might do one twice.
      return () => batch.forEach((one) => one.reject(error));
    }
  }

  async #eachAlone(batch: Asked[]): Promise<() => void> {
    const run = (one: Asked) => this.alone.run(one.sql, one.values).then(one.resolve, one.reject);
    await Promise.all(batch.map(run));
    return told;
  }

  /** What each gave, once it is committed. @throws what the server said of the one that failed: all are undone. */
  async #together(batch: Asked[]): Promise<unknown[]> {
    const connection = await connectionOf(this.pool);
    try {
      const statements = batch.map((one) => connection.format(one.sql, [...one.values]));
      const results = (await text(connection, `${statements.join(';')};COMMIT`)) as unknown[];
      connection.release();
      return results;
    } catch (error) {
      await undo(connection);
      throw error;
    }
  }
}
