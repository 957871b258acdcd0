import { brotliDecompressSync } from 'node:zlib';
import { COMMON_WORDS } from './common-words.data';

const SHORTEST = 4;
const LONGEST = 24;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * The common and leaked passwords, and the French words and names that passwords are made of, without accents and in
 * lower case. Kept as sorted 32-bit hashes (0.3 MB instead of 6 MB of strings): one text in 50,000 that is not in the
 * list is taken for one that is, which costs a good password nothing.
 */
export class CommonWords {
  static #loaded?: CommonWords;

  private constructor(private readonly hashes: Uint32Array) {}

  /** Unpacked at the first need, about 30 ms. */
  static load(): CommonWords {
    CommonWords.#loaded ??= new CommonWords(Uint32Array.from(unpack(), hash).sort());
    return CommonWords.#loaded;
  }

  has(word: string): boolean {
    return this.#hasHash(hash(word));
  }

  /** The lengths of the listed words that `text` holds at `start`. */
  *lengthsAt(text: string, start: number): Generator<number> {
    let state = FNV_OFFSET;
    const end = Math.min(text.length, start + LONGEST);
    for (let index = start; index < end; index++) {
      state = step(state, text.charCodeAt(index));
      const length = index - start + 1;
      if (length >= SHORTEST && this.#hasHash(state)) yield length;
    }
  }

  #hasHash(wanted: number): boolean {
    let low = 0;
    let high = this.hashes.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.hashes[middle]!;
      if (found === wanted) return true;
      if (found < wanted) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  }
}

/** Undoes the front coding: the first character says how many letters the word shares with the one before. */
export function unpack(): string[] {
  const lines = brotliDecompressSync(Buffer.from(COMMON_WORDS, 'base64')).toString('latin1').split('\n');
  let word = '';
  return lines.map((line) => (word = word.slice(0, line.charCodeAt(0) - 65) + line.slice(1)));
}

/** FNV-1a, 32 bits. */
function hash(word: string): number {
  let state = FNV_OFFSET;
  for (let index = 0; index < word.length; index++) state = step(state, word.charCodeAt(index));
  return state;
}

function step(state: number, code: number): number {
  return Math.imul(state ^ code, FNV_PRIME) >>> 0;
}
