import { setTimeout as sleep } from 'node:timers/promises';

const LIMIT_MS = 45_000;
const PAUSE_MS = 50;

/**
 * Polls `look` for the result of a server's background work, and resolves to it. @throws Error naming `what` after 45 s
 */
export async function eventually<Found>(
  what: string,
  look: () => Found | Promise<Found>,
): Promise<NonNullable<Found>> {
  const end = performance.now() + LIMIT_MS;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`Not within ${LIMIT_MS / 1_000} s: ${what}`);
    await sleep(PAUSE_MS);
  }
}
