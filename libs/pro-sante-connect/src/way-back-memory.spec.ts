import { MINUTE } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { WayBackMemory } from './way-back-memory';

describe('what a process remembers of ways back from PSC', () => {
  const clock = new SettableClock();
  const limit = { name: 'way back', max: 3, windowMs: 10 * MINUTE };
  const hit = { limit, key: 'block' };
  const times = (memory: WayBackMemory, count: number, of = hit) =>
    Array.from({ length: count }, () => memory.count(of));
  const later = (milliseconds: number) => new Date(clock.now().getTime() + milliseconds);

  it('lets a block come as often as it may, and again when its window is over', () => {
    const memory = new WayBackMemory(clock);
    expect(times(memory, 5)).toEqual([true, true, true, false, false]);
    clock.advance(10 * MINUTE - 1);
    expect(memory.count(hit)).toBe(false);
    clock.advance(1);
    expect(times(memory, 4)).toEqual([true, true, true, false]);
  });

  it('counts each block, and each limit, by itself', () => {
    const memory = new WayBackMemory(clock);
    times(memory, 4);
    expect(memory.count({ limit, key: 'another block' })).toBe(true);
    expect(memory.count({ limit: { ...limit, name: 'another limit' }, key: 'block' })).toBe(true);
  });

  it('lets nobody of a block come until the moment that the database told', () => {
    const memory = new WayBackMemory(clock);
    memory.count(hit);
    memory.close(hit, { limit, retryAt: later(MINUTE) });
    clock.advance(MINUTE - 1);
    expect(memory.count(hit)).toBe(false);
    clock.advance(1);
    expect(memory.count(hit)).toBe(true);
  });

  it('lets nobody come where nobody may', () => {
    expect(new WayBackMemory(clock).count({ limit: { ...limit, max: 0 }, key: 'block' })).toBe(false);
  });

  it('knows a state as used once it was', () => {
    const memory = new WayBackMemory(clock);
    expect(['a', 'a', 'b', 'a'].map((id) => memory.use(id, later(MINUTE)))).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('forgets the oldest beyond ten thousand, whatever floods it, and the newest never', () => {
    const memory = new WayBackMemory(clock);
    for (let index = 0; index <= 10_000; index++) {
      expect(memory.use(`state ${index}`, later(MINUTE))).toBe(true);
      memory.close({ limit, key: `block ${index}` }, { limit, retryAt: later(MINUTE) });
    }
    memory.count({ limit, key: 'one more' });
    expect(memory.use('state 10000', later(MINUTE))).toBe(false);
    expect(memory.use('state 0', later(MINUTE))).toBe(true);
    expect(memory.count({ limit, key: 'block 10000' })).toBe(false);
    expect(memory.count({ limit, key: 'block 0' })).toBe(true);
  });

  it('forgets what is over when something new comes', () => {
    const memory = new WayBackMemory(clock);
    memory.use('old', later(MINUTE));
    clock.advance(MINUTE);
    memory.use('new', later(MINUTE));
    expect(memory.use('old', later(MINUTE))).toBe(true);
  });
});
