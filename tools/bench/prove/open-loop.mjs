import { setTimeout as sleep } from 'node:timers/promises';

/** After a stall, late arrivals come together, as at a real service: none is skipped. */
const TICK_MS = 5;

/**
 * Calls `arrive` at `rateAt(second)` calls per second for `seconds`, regardless of earlier calls (open loop: a
 * stalled service is not spared). Resolves with the last arrival; the calls may still run.
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
