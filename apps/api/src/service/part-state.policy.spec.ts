import { MINUTE, shift } from '@portillon/kernel';
import type { ChannelHealth, WaitingLane } from '@portillon/notification';
import { stateOfChannel, stateOfCheck, stateOfExpiry, stateOfOutbox } from './part-state.policy';

const NOW = new Date('2026-11-24T15:39:00Z');

describe('the state of a part', () => {
  it('is that of its check, and no worse than the part deserves', () => {
    expect(stateOfCheck({ status: 'up', latencyMs: 1 })).toBe('well');
    expect(stateOfCheck({ status: 'off', latencyMs: null })).toBe('off');
    expect(stateOfCheck({ status: 'down', latencyMs: null })).toBe('failing');
    expect(stateOfCheck({ status: 'down', latencyMs: null }, 'warning')).toBe('warning');
  });

  it.each([
    ['off', [], 'off'],
    ['down', [false, false], 'failing'],
    ['up', [false, true], 'warning'],
    ['up', [true, true], 'well'],
  ] as const)('of a channel that is %s with providers %j is %s', (status, ups, state) => {
    const providers = ups.map((up, index) => ({ provider: `relay ${index}`, up, latencyMs: null }));
    const health: ChannelHealth = { channel: 'EMAIL', status, latencyMs: null, providers };
    expect(stateOfChannel(health)).toBe(state);
  });

  it.each([
    [null, null, 0, 'well'],
    [9, null, 0, 'well'],
    [11, null, 0, 'warning'],
    [null, 300, 0, 'well'],
    [null, null, 1, 'warning'],
  ])(
    'of an outbox whose oldest message waits for %s minutes, in the bulk lane for %s, with %d that cannot be read, is %s',
    (later, bulk, unreadable, state) => {
      const lane = (name: WaitingLane['lane'], minutes: number | null): WaitingLane => ({
        lane: name,
        waiting: minutes === null ? 0 : 1,
        oldestAt: minutes === null ? null : shift(NOW, -minutes * MINUTE),
      });
      expect(stateOfOutbox([lane('later', later), lane('bulk', bulk)], unreadable, NOW)).toBe(state);
    },
  );

  it('of a certificate is well until it is due, and failing once it ended', () => {
    expect(stateOfExpiry(shift(NOW, MINUTE), false, NOW)).toBe('well');
    expect(stateOfExpiry(shift(NOW, MINUTE), true, NOW)).toBe('warning');
    expect(stateOfExpiry(NOW, true, NOW)).toBe('failing');
    expect(stateOfExpiry(null, true, NOW)).toBe('failing');
  });
});
