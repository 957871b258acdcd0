import type { DataSource } from 'typeorm';
import { isFull } from './database/database-errors';

/** How often each database had no room for what was written. */
const refusals = new WeakMap<DataSource, number>();

/** Counts `error` where it says so. */
export function recordFailure(source: DataSource, error: unknown): void {
  if (isFull(error)) refusals.set(source, fullRefusals(source) + 1);
}

/** How many statements this process could not write because the database of `source` was full. */
export function fullRefusals(source: DataSource): number {
  return refusals.get(source) ?? 0;
}
