// @vitest-environment node
import { expect, it } from 'vitest';
import type { AdminEvent } from '../../../../api/types';
import { hoursOf } from './account-hours';

const event = (id: string, at: string) =>
  ({ id, at, name: 'authn_login_success', outcome: 'SUCCESS', data: null }) as AdminEvent;
const inParis = (instant: string) =>
  new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant),
  );

it('groups events by hour in Paris, day by day', () => {
  const days = hoursOf(
    [
      event('a', '2026-11-24T23:10:00.000Z'),
      event('b', '2026-11-24T15:59:00.000Z'),
      event('c', '2026-11-24T15:01:00.000Z'),
      event('d', '2026-11-24T14:59:00.000Z'),
    ],
    inParis,
  );
  expect(
    days.map(({ day, hours }) => [
      day,
      ...hours.map(({ hour, rows }) => `${hour}: ${rows.map(({ event }) => event.id).join()}`),
    ]),
  ).toEqual([
    ['2026-11-25', '00: a'],
    ['2026-11-24', '16: b,c', '15: d'],
  ]);
});
