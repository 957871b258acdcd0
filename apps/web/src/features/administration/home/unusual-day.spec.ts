// @vitest-environment node
import { expect, it } from 'vitest';
import { unusualDay } from './unusual-day';

const calm = [3, 5, 4, 4, 40, 2, 4];

it('names a day with three times the usual refusals, today before yesterday', () => {
  expect(unusualDay([...calm, 4, 12])).toEqual({ day: 'today', count: 12, usual: 4 });
  expect(unusualDay([...calm, 12, 4])).toEqual({ day: 'yesterday', count: 12, usual: 4 });
  expect(unusualDay([...calm, 30, 12])).toEqual({ day: 'today', count: 12, usual: 4 });
});

it('names no day among similar ones, nor for a few refusals after days without', () => {
  expect(unusualDay([...calm, 11, 11])).toBeNull();
  expect(unusualDay([0, 0, 0, 0, 9])).toBeNull();
  expect(unusualDay([0, 0, 0, 0, 10])).toEqual({ day: 'today', count: 10, usual: 0 });
  expect(unusualDay([])).toBeNull();
});
