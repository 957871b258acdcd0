import type { DataSource } from 'typeorm';

/** How often what each database refused was run again: a deadlock, a lost Galera certification. */
const retries = new WeakMap<DataSource, number>();

export function recordRetry(source: DataSource): void {
  retries.set(source, retriesOf(source) + 1);
}

/** Since this process started. */
export function retriesOf(source: DataSource): number {
  return retries.get(source) ?? 0;
}
