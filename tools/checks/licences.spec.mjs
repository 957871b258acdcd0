import { expect, it } from 'vitest';
import { isAllowed, licenceProblems } from './licences.mjs';

const LIST = ['MIT', 'ISC'];

it.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0)', true],
  ['GPL-3.0', false],
  ['MIT AND ISC', true],
  ['MIT AND GPL-3.0', false],
  ['(GPL-2.0 OR (MIT AND ISC))', true],
  ['SEE LICENSE IN LICENSE.md', false],
])('%s: allowed is %s', (expression, allowed) => {
  expect(isAllowed(expression, LIST)).toBe(allowed);
});

it('finds a permissive licence in everything that the product depends on', () => {
  expect(licenceProblems()).toEqual([]);
});
