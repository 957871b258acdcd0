import { setTimeout as sleep } from 'node:timers/promises';
import { closedLoop } from './closed-loop.mjs';
import { machineBusyMs, taken, takenBetween } from './processor-time.mjs';

/** What a server puts off until after its answer (acknowledgements, purges) is part of the work's price. */
const SETTLE_MS = 150;
/** The machine is quiet when all of it has taken no more processor time than this in one look. */
const LOOK_MS = 200;
const QUIET_MS = 20;
const MOST_LOOKS = 100;

/**
 * Runs one closed loop against a side and adds what it cost: processor ms per operation of the server
 * (`serverMs`), of the database server (`databaseMs`) and of all (`cpuMs`), a proxy before the server included.
 */
export async function measure(side, loop) {
  const before = side.pids.map(taken);
  const run = await closedLoop(loop);
  await sleep(SETTLE_MS);
  const each = side.pids.map((pid, at) => takenBetween(before[at], taken(pid)) / run.done);
  const [serverMs, databaseMs = 0] = each;
  return { ...run, serverMs, databaseMs, cpuMs: each.reduce((all, one) => all + one, 0) };
}

/**
 * Waits until the machine is quiet, 20 s at most. A server tells people by mail of sign-ins of the minute before, many
 * at once: that is no price of what is measured next in a window of a tenth of a second, on whichever side.
 */
export async function quiet() {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const before = machineBusyMs();
    await sleep(LOOK_MS);
    if (machineBusyMs() - before <= QUIET_MS) return;
  }
}

/**
 * Measures the sides in turn, `rounds` times, after `warmUps` turns each that are thrown away: what a neighbour on
 * the machine does to one side it does to the other. Resolves to the list of results of each side, in order.
 */
export async function alternate(sides, rounds, once, { warmUps = 1 } = {}) {
  const results = sides.map(() => []);
  for (let turn = 0; turn < warmUps + rounds; turn++) {
    for (const [at, side] of sides.entries()) {
      const result = await once(side);
      if (turn >= warmUps) results[at].push(result);
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
