import type { EntityManager } from 'typeorm';

export type Dialect = 'mariadb' | 'mysql' | 'sqlite';
export type SqlValue = string | number | boolean | Date | null;

/** Statements written as SQL, on a transaction or alone. Columns whose name ends in `At` come back as `Date`. */
export function rawSql(manager: EntityManager) {
  const ask = async (text: string, values: readonly SqlValue[] = []) => {
    const runner = manager.queryRunner ?? manager.dataSource.createQueryRunner();
    try {
      return await runner.query(text, [...values], true);
    } finally {
      if (!manager.queryRunner) await runner.release();
    }
  };
  const rows = async <Row>(text: string, values?: readonly SqlValue[]) =>
    ((await ask(text, values)).records as Record<string, unknown>[]).map(withDates) as Row[];
  return {
    rows,
    row: async <Row>(text: string, values?: readonly SqlValue[]): Promise<Row | undefined> =>
      (await rows<Row>(text, values))[0],
    execute: async (text: string, values?: readonly SqlValue[]): Promise<number> =>
      (await ask(text, values)).affected ?? 0,
  };
}

/** Which engine a statement is for. */
export function dialectOf(manager: EntityManager): Dialect {
  const { type } = manager.dataSource.options;
  return type === 'better-sqlite3' ? 'sqlite' : (type as Dialect);
}

/** SQLite has no time type: the house's rule that times end in `At` tells which texts are times. */
function withDates(row: Record<string, unknown>): Record<string, unknown> {
  for (const key in row) {
    const value = row[key];
    if (key.endsWith('At') && typeof value === 'string') row[key] = new Date(`${value.replace(' ', 'T')}Z`);
  }
  return row;
}
