import type { Pool } from 'mysql2';
import type { Dialect, SqlValue } from './database';
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
 * come while both lanes are busy, go to the server in one trip and one commit, as a database gathers commits for its
 * own log. One that comes alone goes alone, prepared. Nobody has an answer before the commit, so each is a committed
 * unit of its own to whoever asks: when one of a batch fails, the batch is undone and each is run by itself.
 */
export class GatheredStatements extends MysqlStatements {
  readonly #asked: Asked[] = [];
  #freeLanes = LANES;
  #due = false;

  constructor(
    /** Of connections whose statements open a transaction by themselves. */
    private readonly pool: Pool,
    private readonly alone: PoolStatements,
    dialect: Dialect,
  ) {
    super(dialect);
  }

  override run(sql: string, values: readonly SqlValue[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ sql, values, resolve, reject });
      this.#plan();
    });
  }

  #plan(): void {
    if (this.#due || this.#freeLanes === 0 || this.#asked.length === 0) return;
    this.#due = true;
    setImmediate(this.#send);
  }

  readonly #send = (): void => {
    this.#due = false;
    this.#freeLanes--;
    void this.#answer(this.#asked.splice(0, MOST)).then(() => {
      this.#freeLanes++;
      this.#plan();
    });
    this.#plan();
  };

  async #answer(batch: Asked[]): Promise<void> {
    const results = batch.length > 1 ? await this.#together(batch) : undefined;
    if (results) batch.forEach((one, index) => one.resolve(results[index]));
    else
      await Promise.all(
        batch.map((one) => this.alone.run(one.sql, one.values).then(one.resolve, one.reject)),
      );
  }

  /** What each gave, once it is committed; nothing when the batch failed and left nothing behind. */
  async #together(batch: Asked[]): Promise<unknown[] | undefined> {
    const connection = await connectionOf(this.pool).catch(() => undefined);
    if (!connection) return undefined;
    try {
      const statements = batch.map((one) => connection.format(one.sql, [...one.values]));
      const results = (await text(connection, `${statements.join(';')};COMMIT`)) as unknown[];
      connection.release();
      return results;
    } catch {
      await undo(connection);
      return undefined;
    }
  }
}
