import type { Database } from '@portillon/persistence';

/** Deletes at most `batch` rows that have expired: how many. By key, so that no lock is held on what lives. */
export async function purgeExpired(
  database: Database,
  table: string,
  key: string,
  now: Date,
  batch: number,
): Promise<number> {
  const sql = `SELECT ${key} AS rowKey FROM ${table} WHERE expiresAt <= ? ORDER BY expiresAt LIMIT ${batch}`;
  const keys = (await database.rows<{ rowKey: string }>(sql, [now])).map((row) => row.rowKey);
  if (keys.length === 0) return 0;
  return database.execute(`DELETE FROM ${table} WHERE ${key} IN (${keys.map(() => '?').join(', ')})`, keys);
}
