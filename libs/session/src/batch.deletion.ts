import type { SqlValue, Statements } from '@portillon/persistence';

/**
 * Deletes at most `batch` rows of `table` that meet `condition`. SQLite knows no DELETE … LIMIT, and MySQL no LIMIT
 * in a subquery on the same table unless it is wrapped once more.
 */
export function deleteSome(
  at: Statements,
  table: string,
  condition: string,
  params: SqlValue[],
  batch: number,
): Promise<number> {
  const chosen = chosenIds(table, condition, batch);
  return at.execute(`DELETE FROM ${table} WHERE id IN (${chosen})`, params);
}

/** A subquery of at most `batch` ids, that an UPDATE or a DELETE of the same table may use. */
export function chosenIds(table: string, condition: string, batch: number): string {
  return `SELECT id FROM (SELECT id FROM ${table} WHERE ${condition} LIMIT ${Math.trunc(batch)}) chosen`;
}
