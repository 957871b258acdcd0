// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { AdminEvent } from '../../../api/types';
import { daysOf } from './journal-days';

let made = 0;
const event = (at: string, changes: Partial<AdminEvent> = {}): AdminEvent => ({
  id: `e${++made}`,
  at,
  name: 'authn_code_fail',
  outcome: 'FAILURE',
  account: { id: 'claire', username: 'claire.martin', displayName: 'Claire Martin' },
  actor: null,
  structure: null,
  application: null,
  means: null,
  channel: 'EMAIL',
  address: '192.0.2.7',
  device: null,
  requestId: null,
  reason: null,
  data: null,
  seal: null,
  ...changes,
});
const counts = (...events: AdminEvent[]) =>
  daysOf(events).map(({ day, rows }) => [day, ...rows.map(({ count }) => count)]);

describe('the lines of the journal by day', () => {
  it('are banded by the day of Paris', () => {
    expect(counts(event('2026-11-24T23:30:00.000Z'), event('2026-11-24T22:30:00.000Z'))).toEqual([
      ['2026-11-25', 1],
      ['2026-11-24', 1],
    ]);
  });

  it('fold refusals that follow each other, of one person from one place', () => {
    const four = [4, 3, 2, 1].map((minute) => event(`2026-11-24T09:0${minute}:00.000Z`));
    expect(counts(...four)).toEqual([['2026-11-24', 4]]);
    const [day] = daysOf(four);
    expect(day!.rows[0]!.event).toBe(four[0]);
    expect(day!.rows[0]!.events).toEqual(four);
  });

  it('never fold successes, two people, two places, or lines that are not adjacent', () => {
    const at = '2026-11-24T09:00:00.000Z';
    expect(counts(event(at, { outcome: 'SUCCESS' }), event(at, { outcome: 'SUCCESS' }))).toEqual([
      ['2026-11-24', 1, 1],
    ]);
    const paul = { id: 'paul', username: null, displayName: null };
    expect(counts(event(at), event(at, { account: paul }), event(at))).toEqual([['2026-11-24', 1, 1, 1]]);
    expect(counts(event(at), event(at, { address: '192.0.2.8' }))).toEqual([['2026-11-24', 1, 1]]);
  });

  it('count the refusals that one line sums up', () => {
    const at = '2026-11-24T09:00:00.000Z';
    expect(counts(event(at, { data: { repeats: 500 } }), event(at))).toEqual([['2026-11-24', 501]]);
  });
});
