import { rawSql, SqlValue } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';

/** Rows changed by one statement at most, whatever a caller asks: it holds their locks together. */
const MOST = 1_000;

/**
 * The ids that `table` has under `condition`, read without a lock. Whoever changes several rows chooses them by this
 * and changes them by {@link changeRows}. An UPDATE that searched another index would lock that index first and the
 * row after, crosswise with one by primary key: a deadlock.
 */
export async function chooseRows(
  at: EntityManager,
  table: string,
  condition: string,
  params: readonly SqlValue[],
  limit?: number,
): Promise<string[]> {
  const first = limit === undefined ? '' : ` LIMIT ${Math.min(Math.trunc(limit), MOST)}`;
  const rows = await rawSql(at).rows<{ id: string }>(
    `SELECT id FROM ${table} WHERE ${condition}${first}`,
    params,
  );
  return rows.map((row) => row.id);
}

/** Runs `statement`, whose condition repeats what the rows were chosen by, on these rows: how many it changed. */
export async function changeRows(
  at: EntityManager,
  statement: string,
  params: readonly SqlValue[],
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0;
  const list = padded(ids);
  return rawSql(at).execute(`${statement} AND id IN (${marks(list.length)})`, [...params, ...list]);
}

/** `?, ?, …`: as many as asked. */
export function marks(count: number): string {
  return Array(count).fill('?').join(', ');
}

/** Filled up to a power of two with the last one: a handful of statements to prepare instead of one per length. */
export function padded(ids: readonly string[]): string[] {
  const size = 2 ** Math.ceil(Math.log2(ids.length));
  return [...ids, ...Array<string>(size - ids.length).fill(ids.at(-1)!)];
}
