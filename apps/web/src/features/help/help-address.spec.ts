// @vitest-environment node
import { expect, it } from 'vitest';
import { helpAddress } from './help-address';

it('opens help at an answer by its name, or by the code of the refusal that it explains', () => {
  expect(helpAddress('#code-expire')).toMatchObject({ params: { page: 'codes' }, hash: '#code-expire' });
  expect(helpAddress('', 'credentials.rejected')).toMatchObject({
    params: { page: 'refus' },
    hash: '#identifiants',
  });
  expect(helpAddress('', undefined)).toBeUndefined();
});
