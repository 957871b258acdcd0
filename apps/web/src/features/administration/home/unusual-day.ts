/** A day with fewer refusals is never unusual, even after quiet days. */
const LEAST = 10;
const TIMES_USUAL = 3;

/** Returns today or yesterday if it has far more refusals than the days before; the later of the two. */
export function unusualDay(refusals: readonly number[]) {
  const before = refusals.slice(0, -2).sort((one, other) => one - other);
  const usual = before[Math.floor(before.length / 2)] ?? 0;
  const least = Math.max(LEAST, TIMES_USUAL * usual);
  const [yesterday = 0, today = 0] = refusals.slice(-2);
  if (today >= least) return { day: 'today', count: today, usual } as const;
  return yesterday >= least ? ({ day: 'yesterday', count: yesterday, usual } as const) : null;
}
