import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { pagesOf, stalePages, writePages } from './pages.mjs';

const folder = mkdtempSync(join(tmpdir(), 'portillon-pages-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ROW = {
  clause: '6.2.1',
  level: 1,
  says: 'A password has 8 characters.',
  status: 'partly',
  security: ['guessing a password'],
  where: ['libs/a.ts#length'],
  proof: ['libs/a.spec.ts#a password of %s is long'],
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
    '(../../libs/a.ts)',
    '1 partly',
  ])
    expect(text).toContain(words);
});

it('names the page that was not made anew', async () => {
  await writePages([REGISTER], folder);
  expect(await stalePages([REGISTER], folder)).toEqual([]);
  const changed = { ...REGISTER, rows: [{ ...ROW, status: 'met' }] };
  expect(await stalePages([changed], folder)).toEqual([
    expect.stringMatching(/^docs\/trust\/asvs\.md is not what/),
  ]);
});

it('names the page that somebody wrote into', async () => {
  writeFileSync(join(folder, 'asvs.md'), 'Certified.');
  expect(await stalePages([REGISTER], folder)).toHaveLength(1);
});
