import { expect, it } from 'vitest';
import { redoclyFindings, spectralFindings } from './openapi-rules.mjs';

it('finds nothing in the document that Redocly or Spectral would have otherwise', async () => {
  expect(await redoclyFindings()).toEqual([]);
  expect(await spectralFindings()).toEqual([]);
});
