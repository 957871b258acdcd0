import { expect, it } from 'vitest';
import { adviceOf, knownOf, linesOf } from './tell.mjs';

it('names what is wrong, and no more than a person reads', () => {
  expect(linesOf(['a test was renamed'])).toEqual(['  ✗ a test was renamed']);
  const lines = linesOf(Array(50).fill('a test was renamed'));
  expect([lines.length, lines.at(-1)]).toEqual([41, '  … and 10 more, in tmp/trust/trust.json']);
});

it.each([
  ['nothing is wrong', [], /keep tmp\/trust with the release/],
  ['a test was renamed', ['it was renamed'], /^One thing does not hold: fix what is listed above/],
  [
    'tests did not run',
    ['renamed', 'it did not run in the last run.'],
    /^2 things do not hold\. Have every test run/,
  ],
])('says what to do next where %s', (_what, problems, words) => {
  expect(adviceOf(problems)).toMatch(words);
});

it('reports weaknesses as unknown without data, and otherwise the day of the data', () => {
  expect(knownOf({ state: 'unknown', entries: 0 })).toContain('unknown');
  expect(knownOf({ state: 'compared', entries: 212_000, latest: '2026-11-28' })).toContain(
    '212,000 entries of OSV, the latest of 2026-11-28',
  );
});
