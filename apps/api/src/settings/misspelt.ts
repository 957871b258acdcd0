/** Shorter ones are near to names of others, such as HOME to HOST. */
const SHORTEST = 6;
const FARTHEST = 2;

export interface Misspelt {
  /** As it is set. */
  name: string;
  /** The setting that was meant. */
  meant: string;
}

/**
 * Returns variables that no code reads and that are one or two letters from a setting: otherwise `PASSKEY=on` would
 * silently have no effect. The beginning must be the same, since an environment has many foreign names.
 */
export function misspelt(set: Iterable<string>, known: ReadonlySet<string>): Misspelt[] {
  return [...set]
    .filter((name) => name.length >= SHORTEST && !known.has(name))
    .flatMap((name) => {
      const meant = nearest(name, known);
      return meant ? [{ name, meant }] : [];
    });
}

function nearest(name: string, known: ReadonlySet<string>): string | undefined {
  const near = [...known].filter((one) => one.length >= SHORTEST && one.slice(0, 2) === name.slice(0, 2));
  const measured = near.map((one) => ({ one, edits: editsBetween(name, one) }));
  return measured.filter(({ edits }) => edits <= FARTHEST).sort((left, right) => left.edits - right.edits)[0]
    ?.one;
}

/** How many letters are put in, left out or replaced (Levenshtein). */
function editsBetween(left: string, right: string): number {
  let row = [...right, ''].map((_, index) => index);
  for (const [at, letter] of [...left].entries()) {
    const next = [at + 1];
    for (const [index, other] of [...right].entries())
      next.push(Math.min(next[index]! + 1, row[index + 1]! + 1, row[index]! + Number(letter !== other)));
    row = next;
  }
  return row[right.length]!;
}
