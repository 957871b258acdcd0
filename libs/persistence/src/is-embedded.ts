import type { DataSource } from 'typeorm';

/** Whether a transaction, a manager or a query runner is of the embedded engine, for SQL that differs by engine. */
export function isEmbedded({ dataSource }: { dataSource: DataSource }): boolean {
  return dataSource.options.type === 'better-sqlite3';
}
