import { expect, it } from 'vitest';
import { unusedExports } from './exports.mjs';

it('finds each export of a library used by another project, a README or a guide', () => {
  expect(unusedExports()).toEqual([]);
});
