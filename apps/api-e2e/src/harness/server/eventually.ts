import { setTimeout as sleep } from 'node:timers/promises';

const LIMIT_MS = 45_000;
const PAUSE_MS = 50;

/** What `look` gives once it is there: of what a server does by itself. @throws Error naming `what` after 45 s */
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
