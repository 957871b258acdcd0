/** The first cells of the table « What it withstands » of the guide about security. */
export function promisesOf(guide) {
  const [, section] = guide.split(/^## What it withstands$/m);
  const table = (section ?? '').split(/^## /m)[0].split('\n');
  const cells = table.filter((line) => line.startsWith('|')).map((line) => line.split('|')[1].trim());
  return cells.slice(2);
}

/** What the guide promises and no row cites, and what rows cite that the guide does not promise. */
export function promiseProblems(rows, guide) {
  const promises = promisesOf(guide);
  const cited = new Set(rows.flatMap(({ security }) => security));
  return [
    ...promises
      .filter((one) => !cited.has(one))
      .map((one) => `docs/guide/security.md: no row of the register cites "${one}".`),
    ...rows.flatMap(({ file, id, security }) =>
      security
        .filter((one) => !promises.includes(one))
        .map((one) => `${file}, ${id}, security: docs/guide/security.md has no row "${one}".`),
    ),
  ];
}
