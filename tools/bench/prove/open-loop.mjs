import { setTimeout as sleep } from 'node:timers/promises';

/** Late arrivals come together after a stall, as they do before a real service: none is left out. */
const TICK_MS = 5;

/**
 * Calls `arrive` as often as `rateAt(second)` says, a second, for `seconds`, whatever became of those before (open loop:
 * a service that stands still is not spared). Resolves when the last one has come; what they do is theirs.
 */
export async function openLoop(seconds, rateAt, arrive) {
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1_000;
  let due = 0;
  for (let last = 0, now = 0; now < seconds; await sleep(TICK_MS)) {
    now = Math.min(elapsed(), seconds);
    due += rateAt(now) * (now - last);
    last = now;
    for (; due >= 1; due--) arrive();
  }
}
