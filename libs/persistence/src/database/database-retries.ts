import type { DataSource } from 'typeorm';

/** Number of retries by database, after a deadlock or a lost Galera certification. */
const retries = new WeakMap<DataSource, number>();

export function recordRetry(source: DataSource): void {
  retries.set(source, retriesOf(source) + 1);
}

/** Number of retries since this process started. */
export function retriesOf(source: DataSource): number {
  return retries.get(source) ?? 0;
}
