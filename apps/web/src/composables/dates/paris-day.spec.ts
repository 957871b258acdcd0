// @vitest-environment node
import { expect, it } from 'vitest';
import { dayInParis, startInParis } from './paris-day';

it('returns the start of a day in Paris, in winter and in summer', () => {
  expect(startInParis('2026-11-24')).toBe('2026-11-23T23:00:00.000Z');
  expect(startInParis('2026-07-14')).toBe('2026-07-13T22:00:00.000Z');
});

it('returns the start of days on which the clocks change', () => {
  expect(startInParis('2026-03-29')).toBe('2026-03-28T23:00:00.000Z');
  expect(startInParis('2026-10-25')).toBe('2026-10-24T22:00:00.000Z');
});

it("returns the day in Paris, whatever the computer's time zone", () => {
  expect(dayInParis('2026-11-23T23:00:00.000Z')).toBe('2026-11-24');
  expect(dayInParis('2026-11-23T22:59:59.000Z')).toBe('2026-11-23');
});

it('returns nothing for an invalid day', () => {
  for (const text of ['', '2026-02-31', 'demain']) expect(startInParis(text)).toBeNull();
});
