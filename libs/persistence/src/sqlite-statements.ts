import type { QueryRunner } from 'typeorm';
import type { SqlValue, Statements } from './database';

type Row = Record<string, unknown>;

/** Statements on one query runner of the embedded engine. */
export class SqliteStatements implements Statements {
  readonly dialect = 'sqlite';
  readonly holdsGuards = false;

  constructor(private readonly runner: QueryRunner) {}

  async rows<R>(sql: string, params: readonly SqlValue[] = []): Promise<R[]> {
    const result = await this.runner.query(sql, [...params], true);
    return (result.records as Row[]).map(withDates) as R[];
  }

  async row<R>(sql: string, params?: readonly SqlValue[]): Promise<R | undefined> {
    return (await this.rows<R>(sql, params))[0];
  }

  async execute(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    const result = await this.runner.query(sql, [...params], true);
    return result.affected ?? 0;
  }

  claim(sql: string, params?: readonly SqlValue[]): Promise<number> {
    return this.execute(sql, params);
  }
}

/** SQLite has no time type: the house's rule that times end in `At` tells which texts are times. */
function withDates(row: Row): Row {
  for (const key in row) {
    const value = row[key];
    if (key.endsWith('At') && typeof value === 'string') row[key] = new Date(`${value.replace(' ', 'T')}Z`);
  }
  return row;
}
