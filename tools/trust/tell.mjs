const SHOWN = 40;

/** Prints the problems, as many as a person reads. */
export function linesOf(problems) {
  const lines = problems.slice(0, SHOWN).map((problem) => `  ✗ ${problem}`);
  const more = problems.length - lines.length;
  return more > 0 ? [...lines, `  … and ${more} more, in tmp/trust/trust.json`] : lines;
}

/** Next step. */
export function adviceOf(problems) {
  if (problems.length === 0)
    return 'Everything that it claims was shown by this run: keep tmp/trust with the release.';
  const count = problems.length === 1 ? 'One thing does' : `${problems.length} things do`;
  if (problems.some((one) => one.endsWith('did not run in the last run.')))
    return `${count} not hold. Have every test run (CI=true npm test), then npm run trust again.`;
  return `${count} not hold: fix what is listed above, then npm run trust again.`;
}

/** Result of the search for known weaknesses of the dependencies. */
export function knownOf({ state, entries, latest }) {
  if (state === 'unknown')
    return 'Known weaknesses of dependencies: unknown, since OSV_PATH names no file or folder of OSV entries.';
  return `Known weaknesses of dependencies: the lock was compared with ${entries.toLocaleString('en')} entries of OSV, the latest of ${latest}.`;
}
