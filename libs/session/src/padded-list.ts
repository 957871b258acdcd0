/** `?, ?, …`: as many as asked. */
export function marks(count: number): string {
  return Array(count).fill('?').join(', ');
}

/**
 * `values` filled up to the next power of two with its last one, for an IN list: a handful of statements to prepare
 * instead of one for each length.
 */
export function padded<Value>(values: readonly Value[]): Value[] {
  const size = 2 ** Math.ceil(Math.log2(values.length));
  return [...values, ...Array<Value>(size - values.length).fill(values.at(-1)!)];
}
