/** What delimits, and what a class of characters holds: letters, digits, signs, spaces, escapes. */
const PIECES = [...'a0A .,;:/\\"\'%=-_+*?&@#|~()[]{}<>!$'];
const ENDS = ['', '!', '/', '"', '}', 'é'];
/** These were slow somewhere, once; the others are drawn. */
const KNOWN = ['.', ' ', 'a', '/', 'a\\', '\\"', '%41', ',', '="', 'a.', '0,', '; ', '::', '[a', '(('];

/**
 * Texts that slow a reader which tries several ways to read them: a few characters over and over, then one that does not
 * fit. Always the same ones for a seed.
 */
export function endlessTexts(seed: number, count: number, length: number): string[] {
  const draw = drawing(seed);
  const pick = <One>(list: readonly One[]) => list[Math.floor(draw() * list.length)]!;
  const drawn = () => Array.from({ length: 1 + Math.floor(draw() * 3) }, () => pick(PIECES)).join('');
  return Array.from({ length: count }, (_, index) => {
    const pump = KNOWN[index] ?? drawn();
    return pick(PIECES) + pump.repeat(length / pump.length) + pick(ENDS);
  });
}

/** Numbers from 0 to 1 that look like chance, the same ones for a seed (mulberry32, public domain). */
export function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
