/**
 * Runs `work(slot)` over and over, `atOnce` at a time, each slot starting again as soon as it is done,
 * until `durationMs` have gone by or `count` have started. The first failure ends it: a bench that
 * counts refusals would praise a server for refusing.
 */
export async function closedLoop({ atOnce, durationMs = Infinity, count = Infinity, work }) {
  if (durationMs === Infinity && count === Infinity) throw new Error('A loop needs an end');
  const latencies = [];
  const startedAt = performance.now();
  let started = 0;
  const open = () => started < count && performance.now() - startedAt < durationMs;
  const slot = async (_, index) => {
    while (open()) {
      started++;
      const from = performance.now();
      await work(index);
      latencies.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, slot));
  return summary(latencies, (performance.now() - startedAt) / 1_000);
}

function summary(latencies, seconds) {
  const sorted = Float64Array.from(latencies).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { done: sorted.length, seconds, perSecond: sorted.length / seconds, p50: at(0.5), p99: at(0.99) };
}
