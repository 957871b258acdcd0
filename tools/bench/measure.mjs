import { setTimeout as sleep } from 'node:timers/promises';
import { processorMs } from './processor-time.mjs';

/** Includes the work that a server does after its answer. */
const SETTLE_MS = 150;

/**
 * Calls `work(slot)` repeatedly with `atOnce` slots, each restarting when it is done, until `durationMs` have passed
 * or `count` have started. The first failure ends it, so that refusals never count as speed.
 */
export async function closedLoop({ atOnce, durationMs = Infinity, count = Infinity }, work) {
  const latencies = [];
  const startedAt = performance.now();
  let started = 0;
  const slot = async (_, index) => {
    while (started < count && performance.now() - startedAt < durationMs) {
      started++;
      const from = performance.now();
      await work(index);
      latencies.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, slot));
  const done = latencies.length;
  const seconds = (performance.now() - startedAt) / 1_000;
  latencies.sort((a, b) => a - b);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((part) => latencies[Math.floor(done * part)]);
  return { done, perSecond: done / seconds, p50, p95, p99 };
}

/** Runs one load against a side and adds the cost of each turn: processor ms of the server, of MariaDB, of both. */
export async function measured(side, load) {
  const pids = [side.server.pid, side.ground.mariadb.pid];
  const before = pids.map(processorMs);
  const run = await load(side);
  await sleep(SETTLE_MS);
  const [serverMs, databaseMs] = pids.map((pid, at) => (processorMs(pid) - before[at]) / run.done);
  return { ...run, serverMs, databaseMs, cpuMs: serverMs + databaseMs };
}

/**
 * Measures the sides alternately, `rounds` times, after one discarded turn each, so that other load on the machine
 * affects both. Resolves to the results of each side, in order.
 */
export async function inTurn(sides, rounds, once) {
  const results = sides.map(() => []);
  for (let turn = 0; turn <= rounds; turn++) {
    for (const [at, side] of sides.entries()) {
      const result = await once(side);
      if (turn > 0) results[at].push(result);
    }
  }
  return results;
}

/** The median of `key` over the rounds of one side. */
export function medianOf(results, key) {
  const sorted = results.map((result) => result[key]).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
