import { Logger } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { MINUTE } from './clock';

/** Deletes at most so many rows that have been kept long enough: how many it deleted. */
export type Purge = (batch: number) => Promise<number>;

/** How often what has been kept long enough is looked for. */
export const PURGE_EVERY_MS = 10 * MINUTE;
/** Small, so that no sign-in waits behind a long delete. */
const BATCH = 500;
/** Between two batches the database is the sign-ins'. At most 10,000 rows a second: ten times what a service can write. */
const PAUSE_MS = 50;

/**
 * Deletes all that has been kept long enough, batch after batch: what is written in a day must not take two days to
 * delete. One table that cannot be purged just now holds up no other.
 */
export async function purgeAll(purges: Record<string, Purge>, logger: Logger): Promise<void> {
  for (const [what, purge] of Object.entries(purges))
    await purgeOne(purge).catch((error: unknown) =>
      logger.warn(`purge of ${what} put off: ${String(error)}`),
    );
}

async function purgeOne(purge: Purge): Promise<void> {
  while ((await purge(BATCH)) >= BATCH) await pause(PAUSE_MS);
}
