import type { Connection, Pool, RowDataPacket } from 'mysql2';
import type { EntityManager } from 'typeorm';
import type { Dialect, SqlValue, Statements } from './database';

/** A statement that has not been answered by then is given up, and its connection with it. */
const STATEMENT_TIMEOUT_MS = 5_000;

/** Prepared statements on a pool (each its own unit) or on one connection (inside a transaction). */
export class MysqlStatements implements Statements {
  constructor(
    private readonly target: Pool | Connection,
    readonly dialect: Dialect,
    readonly manager: EntityManager,
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
    return new Promise((resolve, reject) => {
      this.target.execute<RowDataPacket[]>(
        { sql, values: values as SqlValue[], timeout: STATEMENT_TIMEOUT_MS },
        (error, result) => (error ? reject(error) : resolve(result)),
      );
    });
  }
}
