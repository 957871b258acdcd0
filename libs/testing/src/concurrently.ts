/** Starts `times` calls together and sorts the results, for tests that one call wins. */
export async function concurrently<Result>(
  times: number,
  work: (index: number) => Promise<Result>,
): Promise<{ results: Result[]; errors: unknown[] }> {
  const settled = await Promise.allSettled(Array.from({ length: times }, (_, index) => work(index)));
  return {
    results: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    errors: settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])),
  };
}

/** Returns how many turns the event loop makes until `work` is settled: few when the work blocks it. */
export async function turnsUntil(work: Promise<unknown>): Promise<number> {
  let settled = false;
  const settle = () => void (settled = true);
  work.then(settle, settle);
  let turns = 0;
  for (; !settled; turns++) await new Promise(setImmediate);
  return turns;
}

const TURNS = 3;

/**
 * Returns the least processor time of three runs of `work`, milliseconds. It does not depend on the load of the
 * machine, and leaves out garbage collection and compilation.
 */
export async function processorMs(work: () => unknown): Promise<number> {
  const spent: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    spent.push((user + system) / 1_000);
  }
  return Math.min(...spent);
}
