import { CommonWords } from './common-words';

/** What guessing programs try in one go counts as one; a lone letter or digit too; a separator hardly. */
const COST = { word: 1, run: 1, copy: 0.5, character: 1, separator: 0.25 } as const;
const SHORTEST_RUN = 3;

/** Keys in a row, letters and digits in order: French and English keyboards, forwards and backwards. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1a2z3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '&é"\'(-è_çà',
  '!@#$%^&*()',
].flatMap((row) => [row, [...row].reverse().join('')]);

const LEET: Record<string, string> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
  '€': 'e',
};

/** The cheapest way to put a password together. */
export interface Pieces {
  /** About how many independent choices it takes. */
  cost: number;
  /** Whether listed words are among them. */
  words: boolean;
}

/** Without case and accents: what the lists are written in. */
export function plainText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Splits `password` into listed words, runs, years and repetitions so that the fewest pieces remain. */
export function piecesOf(password: string): Pieces {
  const text = plainText(password);
  const letters = [...text].map((character) => LEET[character] ?? character).join('');
  const best: Pieces[] = [{ cost: 0, words: false }];
  for (let start = 0; start < text.length; start++) {
    const here = best[start]!;
    for (const { length, cost, word } of piecesAt(text, letters, start)) {
      const total = here.cost + cost;
      const known = best[start + length];
      if (!known || total < known.cost) best[start + length] = { cost: total, words: here.words || word };
    }
  }
  return best[text.length]!;
}

interface Piece {
  length: number;
  cost: number;
  word: boolean;
}

function* piecesAt(text: string, letters: string, start: number): Generator<Piece> {
  const listed = CommonWords.load();
  yield {
    length: 1,
    cost: /[\p{L}\p{N}]/u.test(text[start]!) ? COST.character : COST.separator,
    word: false,
  };
  for (const length of listed.lengthsAt(text, start)) yield { length, cost: COST.word, word: true };
  for (const length of listed.lengthsAt(letters, start)) yield { length, cost: COST.word, word: true };
  if (/^(?:19|20)\d\d/.test(text.slice(start, start + 4))) yield { length: 4, cost: COST.run, word: false };
  const run = runAt(text, start);
  if (run >= SHORTEST_RUN) yield { length: run, cost: COST.run, word: false };
  for (const length of copiesAt(text, start)) yield { length, cost: COST.copy, word: false };
}

function runAt(text: string, start: number): number {
  let length = SHORTEST_RUN;
  while (start + length <= text.length && ROWS.some((row) => row.includes(text.slice(start, start + length))))
    length++;
  return length - 1;
}

/** Blocks that repeat the block just before: `aaaa`, `abcabc`, `PasswordPassword`. */
function* copiesAt(text: string, start: number): Generator<number> {
  for (let size = 1; size <= start && start + size <= text.length; size++) {
    const block = text.slice(start - size, start);
    let end = start;
    while (text.startsWith(block, end)) end += size;
    if (end > start) yield end - start;
  }
}
