import { expect, it } from 'vitest';
import { inScope } from '../../../test/scope';
import { useDates } from './dates';

it.each([
  ['2026-11-24T15:39:00Z', '24\u00a0novembre 2026', 'mardi 24\u00a0novembre à\u00a016:39'],
  ['2026-12-01T15:39:00Z', '1er\u00a0décembre 2026', 'mardi 1er\u00a0décembre à\u00a016:39'],
])('keeps the day with its month on one line: %s', (iso, day, dayAndTime) => {
  const dates = inScope(useDates);
  expect(dates.day(iso)).toBe(day);
  expect(dates.dayAndTime(iso)).toBe(dayAndTime);
});
