import { StatisticsRegistry } from './statistics.registry';
import type { EventCounts } from './statistics.registry';

const LINE = {
  id: '1',
  happenedAt: new Date(0),
  outcome: 'SUCCESS',
  accountId: null,
  actorId: null,
  structureId: null,
  means: 'coupon',
  channel: 'SMS',
  address: null,
  device: null,
  requestId: null,
  reason: null,
  data: null,
} as const;
const coupons = { coupon_spent: () => [{ metric: 'sign-in' }] } as EventCounts;

describe('the statistics of a line', () => {
  it("are declared by the library that writes it, with the line's means and channel", () => {
    const registry = new StatisticsRegistry();
    registry.register(coupons);
    expect(registry.countsOf({ ...LINE, name: 'coupon_spent' })).toEqual([
      { metric: 'sign-in', means: 'coupon', channel: 'SMS' },
    ]);
    expect(registry.countsOf({ ...LINE, name: 'coupon_lost' })).toEqual([]);
  });

  it('are declared by one library: a second declaration stops the start', () => {
    const registry = new StatisticsRegistry();
    registry.register(coupons);
    expect(() => registry.register(coupons)).not.toThrow();
    expect(() => registry.register({ coupon_spent: () => [] } as EventCounts)).toThrow('Two libraries count');
  });
});
