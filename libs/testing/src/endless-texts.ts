/** Delimiters, and one character of each class: letters, digits, signs, spaces, escapes. */
const PIECES = [...'a0A .,;:/\\"\'%=-_+*?&@#|~()[]{}<>!$'];
const ENDS = ['', '!', '/', '"', '}', 'é'];
/** Inputs that were slow once; the others are random. */
const KNOWN = ['.', ' ', 'a', '/', 'a\\', '\\"', '%41', ',', '="', 'a.', '0,', '; ', '::', '[a', '(('];

/**
 * Texts that are slow for a backtracking parser: a few characters repeated, then one that does not fit. The same ones
 * for a seed.
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

/** Pseudo-random numbers from 0 to 1, the same ones for a seed (mulberry32, public domain). */
export function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const DIGITS = Array.from({ length: 10 }, (_, digit) => `SELECT ${digit} AS digit`).join(' UNION ALL ');

/** A table `numbers` with `seq` from 1 to `count` (at most 10,000), for a FROM on either engine. */
export function numbersTo(count: number): string {
  const digits = ['a', 'b', 'c', 'd'].map((place) => `(${DIGITS}) AS ${place}`);
  const number = '1 + a.digit + 10 * b.digit + 100 * c.digit + 1000 * d.digit';
  return `(SELECT * FROM (SELECT ${number} AS seq FROM ${digits.join(', ')}) AS every WHERE seq <= ${count}) AS numbers`;
}

/** Returns `text` with one character changed, well before its end: always another text, and other bytes in base64url. */
export function altered(text: string): string {
  const at = text.length - 30;
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
}
