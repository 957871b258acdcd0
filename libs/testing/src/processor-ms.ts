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
