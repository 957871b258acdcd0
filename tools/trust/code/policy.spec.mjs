import { expect, it } from 'vitest';
import { codeOf, codeWith } from './code.mjs';
import { constantOf } from './policy.mjs';
import { spanOf } from './spans.mjs';

const code = codeWith(codeOf(), {
  'libs/a/src/a.ts': [
    "import { DAY as WHOLE } from './times';",
    "import { MORE } from '@portillon/b';",
    'const KEPT_MS = 30 * WHOLE;',
    'const BOUNDS: Bounds = { keptMs: { default: KEPT_MS, min: 1_000 } };',
    "const NAMES = ['one', ...MORE] as const satisfies Words;",
    "import { Base, Injectable } from '@nestjs/common';",
    '@Injectable() class Service extends Base {}',
    'const FOUND = Injectable();',
  ].join('\n'),
  'libs/a/src/times.ts': 'export const DAY = 24 * 60 * 60 * 1_000;',
  'libs/b/src/index.ts': "export { MORE } from './words';",
  'libs/b/src/words.ts': "export const MORE = ['two', 'three'];",
});

it.each([
  ['a time that is counted from another file', 'KEPT_MS', 2_592_000_000],
  ['a member of a table', 'BOUNDS.keptMs.default', 2_592_000_000],
  ['a number with marks between its digits', 'BOUNDS.keptMs.min', 1_000],
  ['a list that another lib goes on', 'NAMES', ['one', 'two', 'three']],
  ['what a package alone knows', 'FOUND', undefined],
  ['what is not there', 'BOUNDS.lostMs.default', undefined],
])('reads %s', (_what, name, value) => {
  expect(constantOf(code, `libs/a/src/a.ts#${name}`)).toEqual(value);
});

it('reads nothing of a file that was moved', () => {
  expect(constantOf(code, 'libs/a/src/gone.ts#KEPT_MS')).toBeUndefined();
});

it.each([
  [30 * 86_400_000, '30 days'],
  [86_400_000, '24 hours'],
  [3_600_000, '1 hour'],
  [90_000, '90 seconds'],
])('formats %i milliseconds as %s', (ms, words) => {
  expect(spanOf(ms)).toBe(words);
});
