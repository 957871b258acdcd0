import type { DataSource } from 'typeorm';
import { isFull } from './database/database-errors';

/** Number of writes that failed for lack of space, by database. */
const refusals = new WeakMap<DataSource, number>();

/** Counts `error` if it reports a full storage. */
export function recordFailure(source: DataSource, error: unknown): void {
  if (isFull(error)) refusals.set(source, fullRefusals(source) + 1);
}

/** Number of this process's statements that failed because the database of `source` was full. */
export function fullRefusals(source: DataSource): number {
  return refusals.get(source) ?? 0;
}
