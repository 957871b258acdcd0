import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as french } from '@zxcvbn-ts/language-fr';

// As in the server's `libs/credential/strength.worker.cjs`, which decides and gives the reasons for each choice.
const DICTIONARIES = [
  'passwords-common',
  'diceware-common',
  'commonWords-fr',
  'firstnames-fr',
  'lastnames-fr',
  'wikipedia-fr',
];

const zxcvbn = new ZxcvbnFactory({
  dictionary: plainDictionaries({ ...common, ...french }),
  graphs: adjacencyGraphs,
  maxLength: 32,
  l33tMaxSubstitutions: 3,
});

/** Guessability of a password, 0 to 4. Loads half a megabyte of dictionaries: import it where a password is chosen. */
export function guessScore(password: string): number {
  const text = plain(password);
  const readings = [text, text.replace(/[\s_.-]+/g, '')];
  return Math.min(...readings.map((reading) => zxcvbn.check(reading).score));
}

function plainDictionaries(all: Record<string, (string | number)[]>): Record<string, string[]> {
  return Object.fromEntries(
    DICTIONARIES.map((name) => [name, [...new Set(all[name]!.map((word) => plain(String(word))))]]),
  );
}

/** Without accents, which people may omit. */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '');
}
