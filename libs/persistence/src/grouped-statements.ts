import type { PoolConnection } from 'mysql2';
import type { Dialect, SqlValue } from './database';
import { MysqlStatements, prepared, text } from './mysql-statements';

interface Asked {
  sql: string;
  values: readonly SqlValue[];
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/**
 * The statements of one transaction. Those that are asked for together (`Promise.all`) go to the server together, in
 * the order in which they were asked for, and cost one round trip instead of one each: most of what a small statement
 * costs is its trip. Whoever asks checks the answers before the transaction commits, so that nothing is lost by it.
 *
 * A statement that goes alone is prepared. A group goes as a text, in which the driver writes the values, as the object
 * mapper does for all of its statements; the session's SQL mode makes its escaping sound.
 */
export class GroupedStatements extends MysqlStatements {
  #asked: Asked[] = [];

  constructor(
    private readonly connection: PoolConnection,
    dialect: Dialect,
  ) {
    super(dialect);
  }

  override run(sql: string, values: readonly SqlValue[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      // After the promises of this turn, so that what a domain asks for a step later still comes along.
      if (this.#asked.length === 0) process.nextTick(() => void this.#send());
      this.#asked.push({ sql, values, resolve, reject });
    });
  }

  async #send(): Promise<void> {
    const asked = this.#asked;
    this.#asked = [];
    try {
      const results = await this.#answers(asked);
      asked.forEach((one, index) => one.resolve(results[index]));
    } catch (error) {
      for (const one of asked) one.reject(error);
    }
  }

  async #answers(asked: Asked[]): Promise<unknown[]> {
    const [first] = asked;
    if (asked.length === 1) return [await prepared(this.connection, first!.sql, first!.values)];
    const statements = asked.map((one) => this.connection.format(one.sql, [...one.values]));
    return (await text(this.connection, statements.join(';'))) as unknown[];
  }
}
