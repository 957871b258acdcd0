// @vitest-environment node
import { expect, it } from 'vitest';
import { spanBefore, spanOf, usual } from './statistics-question';

const TODAY = '2026-11-24';

it('asks for the last thirty days by day unless something else is chosen, today among them', () => {
  expect(spanOf(usual, TODAY)).toEqual({ from: '2026-10-26', to: TODAY, by: 'day' });
  expect(spanOf({ ...usual, period: '7' }, TODAY)).toEqual({ from: '2026-11-18', to: TODAY, by: 'day' });
  expect(spanOf({ ...usual, period: 'never' }, TODAY)).toEqual(spanOf(usual, TODAY));
});

it('asks for whole months where it counts by month', () => {
  const year = { ...usual, period: 'year' };
  expect(spanOf(year, TODAY)).toEqual({ from: '2025-12-01', to: TODAY, by: 'month' });
  expect(spanOf(year, '2026-12-31').from).toBe('2026-01-01');
});

it('asks for the dates that were chosen, by day or month', () => {
  const dates = { ...usual, period: 'dates', from: '2026-01-01', to: '2026-03-31' };
  expect(spanOf({ ...dates, by: 'month' }, TODAY)).toEqual({
    from: '2026-01-01',
    to: '2026-03-31',
    by: 'month',
  });
  expect(spanOf({ ...dates, by: 'week' }, TODAY).by).toBe('day');
});

it('compares with as many days just before, and a year with the same days of the year before', () => {
  const before = (from: string, to: string, period = '30') => spanBefore({ from, to, by: 'day' }, period);
  expect(before('2026-10-26', '2026-11-24')).toMatchObject({ from: '2026-09-26', to: '2026-10-25' });
  expect(before('2025-12-01', '2026-11-24', 'year')).toMatchObject({ from: '2024-12-01', to: '2025-11-24' });
  expect(before('2023-03-01', '2024-02-29', 'year')).toMatchObject({ to: '2023-02-28' });
});

it('compares dates that are none, or the wrong way round, with nothing', () => {
  expect(spanBefore({ from: '', to: TODAY, by: 'day' }, 'dates')).toBeNull();
  expect(spanBefore({ from: TODAY, to: '2026-01-01', by: 'day' }, 'dates')).toBeNull();
});
