import type { PoolConnection } from 'mysql2';
import type { Dialect, SqlValue } from './database';
import { isServersAnswer } from './database-error';
import { MysqlStatements, text } from './mysql-statements';

interface Asked {
  sql: string;
  isGuard: boolean;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/** Fails when the statement before it matched no row, and keeps the server from going on. */
const OR_FAIL = 'SET @lost = IF(ROW_COUNT() > 0, 0, (SELECT 1 UNION ALL SELECT 2))';

/**
 * The statements of a transaction that asks for all of them at once: they and their COMMIT go to the server in one trip.
 * The server itself holds the guards ({@link claim}): behind one that matches no row it does nothing more and commits
 * nothing. Answers come after the commit.
 */
export class OneTripStatements extends MysqlStatements {
  readonly #asked: Asked[] = [];
  #state: 'open' | 'sent' | 'committed' | 'lost' = 'open';

  constructor(
    private readonly connection: PoolConnection,
    dialect: Dialect,
  ) {
    super(dialect);
  }

  /** What became of it: `lost` when the server did not reach the commit and said so, by a guard or another error. */
  get state(): 'open' | 'sent' | 'committed' | 'lost' {
    return this.#state;
  }

  override run(sql: string, values: readonly SqlValue[]): Promise<unknown> {
    return this.#ask(sql, values, false);
  }

  override async claim(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return ((await this.#ask(sql, values, true)) as { affectedRows: number }).affectedRows;
  }

  #ask(sql: string, values: readonly SqlValue[], isGuard: boolean): Promise<unknown> {
    if (this.#state !== 'open') throw new Error('A transaction in one trip asked for more after it');
    return new Promise((resolve, reject) => {
      // After the promises of this turn, so that what a domain asks for a step later still comes along.
      if (this.#asked.length === 0) process.nextTick(() => void this.#send());
      this.#asked.push({ sql: this.connection.format(sql, [...values]), isGuard, resolve, reject });
    });
  }

  async #send(): Promise<void> {
    this.#state = 'sent';
    const statements = this.#asked.flatMap(({ sql, isGuard }) => (isGuard ? [sql, OR_FAIL] : [sql]));
    try {
      const results = (await text(this.connection, [...statements, 'COMMIT'].join(';'))) as unknown[];
      this.#state = 'committed';
      this.#resolve(results);
    } catch (error) {
      if (isServersAnswer(error)) this.#state = 'lost';
      for (const one of this.#asked) one.reject(error);
    }
  }

  #resolve(results: unknown[]): void {
    let at = 0;
    for (const one of this.#asked) {
      one.resolve(results[at]);
      at += one.isGuard ? 2 : 1;
    }
  }
}
