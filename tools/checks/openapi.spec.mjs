import { expect, it } from 'vitest';
import { openapiDrift } from './openapi.mjs';

it('finds the OpenAPI document and the client as the code has them', async () => {
  expect(await openapiDrift()).toBe('');
});
