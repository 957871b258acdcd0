import type { DataSource } from 'typeorm';

/** Whether a transaction, a manager or a query runner is of the embedded engine: for what each engine says its own way. */
export function isEmbedded({ dataSource }: { dataSource: DataSource }): boolean {
  return dataSource.options.type === 'better-sqlite3';
}
