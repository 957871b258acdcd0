/** Shows one step of work: what begins, and how long it took. Rethrows what `work` throws. */
export async function step(title, work) {
  console.log(`▸ ${title}…`);
  const start = performance.now();
  try {
    const result = await work();
    console.log(`✔ ${title} (${seconds(start)})`);
    return result;
  } catch (error) {
    console.log(`✘ ${title} (${seconds(start)})`);
    throw error;
  }
}

/** The time since `start`, as a person reads it. */
export function seconds(start) {
  return `${((performance.now() - start) / 1_000).toFixed(1)} s`;
}
