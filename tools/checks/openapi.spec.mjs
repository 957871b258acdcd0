import { expect, it } from 'vitest';
import { openapiDrift } from './openapi.mjs';
import { redoclyFindings, spectralFindings } from './openapi-rules.mjs';

it('finds the OpenAPI document as the code has it', async () => {
  expect(await openapiDrift()).toBe('');
});

it('finds nothing in the document that Redocly or Spectral would have otherwise', async () => {
  expect(await redoclyFindings()).toEqual([]);
  expect(await spectralFindings()).toEqual([]);
});
