import { expect, it } from 'vitest';
import { oldWords } from './glossary.mjs';

/** Lower it with each rewritten text; `node tools/checks/glossary.mjs guides` prints the places. */
const AT_MOST = {
  'the OpenAPI document': 0,
  guides: 0,
  READMEs: 0,
  'other documents': 0,
  'comments of libs and apps': 0,
  'comments of tools, proofs and deploy': 0,
  'titles of tests': 0,
};

const counts = oldWords();

it.each(Object.entries(AT_MOST))('of the old idiom, %s have at most %d words', (area, most) => {
  expect(counts[area]).toBeLessThanOrEqual(most);
});
