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
