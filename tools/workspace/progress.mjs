/** Shows one step of work and its duration. Rethrows errors of `work`. */
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

/** Time since `start`, formatted for people. */
export function seconds(start) {
  return `${((performance.now() - start) / 1_000).toFixed(1)} s`;
}
