const TURNS = 3;

/**
 * The least processor time that `work` takes in three turns, in milliseconds: a busy machine does not stretch it, and
 * what the process collects or compiles meanwhile is not counted.
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
