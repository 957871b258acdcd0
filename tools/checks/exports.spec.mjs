import { expect, it } from 'vitest';
import { namesDeclaredTwice, unusedExports } from './exports.mjs';

it('finds each export of a library used by another project, a README or a guide', () => {
  expect(unusedExports()).toEqual([]);
});

it('finds each exported name declared once: one word, one thing', () => {
  expect(namesDeclaredTwice()).toEqual([]);
});
