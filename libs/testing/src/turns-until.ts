/** Returns how many turns the event loop makes until `work` is settled: few when the work blocks it. */
export async function turnsUntil(work: Promise<unknown>): Promise<number> {
  let settled = false;
  const settle = () => void (settled = true);
  work.then(settle, settle);
  let turns = 0;
  for (; !settled; turns++) await new Promise(setImmediate);
  return turns;
}
