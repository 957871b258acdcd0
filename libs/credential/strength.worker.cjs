// What the thread that estimates passwords runs. Plain JavaScript, as the hashing threads.
'use strict';
const { ZxcvbnFactory } = require('@zxcvbn-ts/core');
const common = require('@zxcvbn-ts/language-common');
const french = require('@zxcvbn-ts/language-fr');

/** Of two words of one dictionary in a row zxcvbn makes one cheap sequence, whatever stands between: left out. */
const DICTIONARIES = [
  'passwords-common',
  'diceware-common',
  'commonWords-fr',
  'firstnames-fr',
  'lastnames-fr',
  'wikipedia-fr',
];
/** Shorter words are found in any text. */
const SHORTEST_WORD = 4;

const zxcvbn = new ZxcvbnFactory({
  dictionary: plainDictionaries({ ...common.dictionary, ...french.dictionary }),
  graphs: common.adjacencyGraphs,
  // Its time grows with the cube of the length, and with each sign that may stand for a letter: eight seconds for 128
  // characters, 70 ms for 32. The beginning of a password is never harder to guess than the whole.
  maxLength: 32,
  l33tMaxSubstitutions: 3,
});

/** The score of a password, 0 to 4, and whether listed words are in it: of it as typed, or without its separators. */
module.exports = ({ password }) => {
  const text = plain(password);
  const readings = [text, text.replace(/[\s_.-]+/g, '')].map((reading) => zxcvbn.check(reading));
  const { score, sequence } = readings.reduce((one, other) => (other.guesses < one.guesses ? other : one));
  return { score, words: sequence.some(isWord) };
};

function isWord({ pattern, token, baseToken }) {
  if (pattern === 'repeat') return zxcvbn.check(baseToken).sequence.some(isWord);
  return pattern === 'dictionary' && token.length >= SHORTEST_WORD;
}

function plainDictionaries(all) {
  return Object.fromEntries(DICTIONARIES.map((name) => [name, [...new Set(all[name].map(plain))]]));
}

/** Without accents, which people type or not. */
function plain(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '');
}
