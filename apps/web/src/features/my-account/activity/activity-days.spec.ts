// @vitest-environment node
import { expect, it } from 'vitest';
import type { ActivityItem } from '../../../api/types';
import { activityDays } from './activity-days';

it('groups events by day in Paris', () => {
  const items = ['2026-11-24T23:30:00.000Z', '2026-11-24T22:30:00.000Z', '2026-11-24T08:00:00.000Z'].map(
    (at) => ({ id: at, at }) as ActivityItem,
  );
  expect(activityDays(items).map(({ day, items }) => [day, items.length])).toEqual([
    ['2026-11-25', 1],
    ['2026-11-24', 2],
  ]);
});
