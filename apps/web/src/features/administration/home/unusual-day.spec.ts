// @vitest-environment node
import { expect, it } from 'vitest';
import { unusualDay } from './unusual-day';

const calm = [3, 5, 4, 4, 40, 2, 4];

it('a day of three times the usual refusals is named, today before yesterday', () => {
  expect(unusualDay([...calm, 4, 12])).toEqual({ day: 'today', count: 12, usual: 4 });
  expect(unusualDay([...calm, 12, 4])).toEqual({ day: 'yesterday', count: 12, usual: 4 });
  expect(unusualDay([...calm, 30, 12])).toEqual({ day: 'today', count: 12, usual: 4 });
});

it('no day is unusual among others like it, nor by a few refusals where there were none', () => {
  expect(unusualDay([...calm, 11, 11])).toBeNull();
  expect(unusualDay([0, 0, 0, 0, 9])).toBeNull();
  expect(unusualDay([0, 0, 0, 0, 10])).toEqual({ day: 'today', count: 10, usual: 0 });
  expect(unusualDay([])).toBeNull();
});
