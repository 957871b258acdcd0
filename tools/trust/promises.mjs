/** Security claims of the guide: the headings below « What it withstands », starting with a lower-case letter. */
export function promisesOf(guide) {
  const [, section] = guide.split(/^## What it withstands$/m);
  const text = (section ?? '').split(/^## /m)[0];
  const headings = [...text.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading);
  return headings.map((one) => (/^[A-Z]{2}/.test(one) ? one : one[0].toLowerCase() + one.slice(1)));
}

/** Claims of the guide that no row cites, and citations of missing claims. */
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
        .map((one) => `${file}, ${id}, security: docs/guide/security.md has no section "${one}".`),
    ),
  ];
}
