/** Drops from the front of a map what is over, and what is beyond `most`: for a memory whose newest come last. */
export function forgetOldest<Key, Kept>(
  kept: Map<Key, Kept>,
  most: number,
  isOver: (one: Kept) => boolean,
): void {
  for (const [key, one] of kept) {
    if (kept.size <= most && !isOver(one)) return;
    kept.delete(key);
  }
}
