/** How often the event loop turns until `work` is settled: many times, unless the work holds it up. */
export async function turnsUntil(work: Promise<unknown>): Promise<number> {
  let settled = false;
  const settle = () => void (settled = true);
  work.then(settle, settle);
  let turns = 0;
  for (; !settled; turns++) await new Promise(setImmediate);
  return turns;
}
