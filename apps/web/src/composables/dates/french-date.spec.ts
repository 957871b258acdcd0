// @vitest-environment node
import { expect, it } from 'vitest';
import { frenchDate } from './french-date';

it.each([
  ['1 novembre 2026', '1er novembre 2026'],
  ['dimanche 1 novembre 2026', 'dimanche 1er novembre 2026'],
  ['1 déc. 2026', '1er déc. 2026'],
  ['mardi 1 août à 16:39', 'mardi 1er août à 16:39'],
  ['1–27 nov. 2026', '1er–27 nov. 2026'],
  ['1 oct. – 1 nov. 2026', '1er oct. – 1er nov. 2026'],
])('writes « %s » as « %s »', (written, read) => {
  expect(frenchDate(written)).toBe(read);
});

it.each([
  '21 novembre 2026',
  '11–21 nov. 2026',
  '01/11/2026 16:39:05',
  '16:31',
  'mercredi 11 février à 01:01',
])('leaves « %s » as it is', (written) => {
  expect(frenchDate(written)).toBe(written);
});
