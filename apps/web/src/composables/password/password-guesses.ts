import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as french } from '@zxcvbn-ts/language-fr';

// As the server's `libs/credential/strength.worker.cjs`, which has the last word and says why each choice.
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

/** How hard a password is to guess, 0 to 4. Half a megabyte of dictionaries: import it when a password is chosen. */
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

/** Without accents, which people type or not. */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '');
}
