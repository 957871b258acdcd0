import { expect, it } from 'vitest';
import { pagesOf } from './pages.mjs';

const ROW = {
  clause: '6.2.1',
  level: 1,
  says: 'A password has 8 characters.',
  status: 'partly',
  security: ['guessing a password'],
  where: ['libs/a.ts#length'],
  proof: ['libs/a.spec.ts', 'probe#tls-versions'],
  gap: 'Twelve are asked.',
  plan: 'None.',
  accepted: { by: 'RSSI', on: '2026-11-29', until: '2027-11-29' },
};
const REGISTER = {
  page: 'asvs',
  name: 'V6',
  version: '5.0',
  read: 'the text',
  date: '2026-11-29',
  rows: [ROW],
};

it('makes a page that says that it is self-assessed, when, and all of a row', async () => {
  const [{ name, text }] = await pagesOf([REGISTER]);
  expect(name).toBe('asvs.md');
  expect(text).toContain('Self-assessed on 2026-11-29');
  for (const words of [
    '### 6.2.1 · partly · L1',
    'Twelve are asked.',
    'None.',
    'RSSI',
    'Where: `libs/a.ts` `length`',
    'a started server is asked: `tls-versions`',
    '1 partly',
  ])
    expect(text).toContain(words);
});
