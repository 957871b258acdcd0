/** Nodes start a new line down to this depth: the document, its parts, the paths or schemas, and their entries. */
const DEPTH = 3;

/** Returns JSON with each operation and schema on one line, so that a change of the API is one line of a diff. */
export function printedByEntry(document: object): string {
  return printed(document, DEPTH);
}

function printed(value: unknown, depth: number): string {
  const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (depth === 0 || !isGroup) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  const indent = '  '.repeat(DEPTH - depth + 1);
  const lines = entries.map(
    ([key, entry]) => `${indent}${JSON.stringify(key)}: ${printed(entry, depth - 1)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent.slice(2)}}`;
}
