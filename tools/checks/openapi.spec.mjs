import { expect, it } from 'vitest';
import { openapiDrift } from './openapi.mjs';

it('finds the OpenAPI document as the code has it', async () => {
  expect(await openapiDrift()).toBe('');
});
