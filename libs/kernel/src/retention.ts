import { Logger } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { MINUTE } from './clock';

/** Deletes up to so many expired rows. Returns how many. */
export type Purge = (batch: number) => Promise<number>;

/** Interval between purges. */
export const PURGE_EVERY_MS = 10 * MINUTE;
/** Rows of a batch: few, so that no sign-in waits behind a long delete. */
const BATCH = 500;
/**
 * Pause between two batches, which leaves the database to the sign-ins. At most 10,000 rows a second are deleted: ten
 * times what a service can write.
 */
const PAUSE_MS = 50;

/**
 * Deletes all expired rows, batch after batch, faster than a service writes them. A table that cannot be purged does
 * not delay the others.
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
