import { HOUR, MINUTE, shift } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import type { RateLimiterService } from './rate-limiter.service';
import { describeOnEveryStore } from './testing/every-store';

const perAccount = { name: 'sends-per-account', max: 3, windowMs: 10 * MINUTE };
const perAddress = { name: 'sends-per-address', max: 2, windowMs: HOUR };

describeOnEveryStore('a limit', (bench) => {
  let clock: SettableClock;
  let limiter: RateLimiterService;

  beforeEach(async () => {
    await bench.clear();
    clock = new SettableClock();
    limiter = await bench.limiter(clock);
  });

  const claire = { limit: perAccount, key: 'claire' };
  const desk = { limit: perAddress, key: '192.0.2.1' };
  const hitTimes = async (times: number) => {
    for (let time = 0; time < times; time++) await limiter.hit([claire]);
  };

  it('lets its hits through, then none until the window ends', async () => {
    const retryAt = shift(clock.now(), 10 * MINUTE);
    await hitTimes(2);
    expect(await limiter.hit([claire])).toBeUndefined();
    clock.advance(10 * MINUTE - 1);
    expect(await limiter.hit([claire])).toEqual({ limit: perAccount, retryAt });
    clock.set(retryAt);
    expect(await limiter.hit([claire])).toBeUndefined();
  });

  it('does not push its end away with the hits that it refuses', async () => {
    const retryAt = shift(clock.now(), 10 * MINUTE);
    await hitTimes(20);
    clock.advance(9 * MINUTE);
    expect(await limiter.hit([claire])).toEqual({ limit: perAccount, retryAt });
  });

  it('counts each key and each limit apart', async () => {
    await hitTimes(3);
    expect(await limiter.hit([{ limit: perAccount, key: 'paul' }])).toBeUndefined();
    expect(await limiter.hit([{ limit: perAddress, key: 'claire' }])).toBeUndefined();
  });

  it('takes no key for another by the way its name and key join', async () => {
    await limiter.hit([{ limit: { ...perAddress, name: 'a', max: 1 }, key: 'bc' }]);
    expect(await limiter.hit([{ limit: { ...perAddress, name: 'ab', max: 1 }, key: 'c' }])).toBeUndefined();
  });

  it('answers, of several that refuse, the one that blocks longest', async () => {
    for (let time = 0; time < 3; time++) await limiter.hit([claire, desk]);
    expect(await limiter.hit([claire, desk])).toEqual({
      limit: perAddress,
      retryAt: shift(clock.now(), HOUR),
    });
    clock.advance(30 * MINUTE);
    expect(await limiter.hit([claire, desk])).toMatchObject({ limit: perAddress });
  });

  it('answers, of two that block as long, the one that the caller names first', async () => {
    const other = { limit: { ...perAccount, name: 'sends-per-number' }, key: 'claire' };
    for (let time = 0; time < 3; time++) await limiter.hit([claire, other]);
    expect(await limiter.hit([claire, other])).toMatchObject({ limit: perAccount });
    expect(await limiter.hit([other, claire])).toMatchObject({ limit: other.limit });
  });

  it('counts a hit on none when one limit refuses it', async () => {
    for (let time = 0; time < 10; time++) await limiter.hit([claire, desk]);
    expect(await limiter.hit([claire])).toBeUndefined();
    expect(await limiter.hit([claire])).toMatchObject({ limit: perAccount });
  });

  it('counts one hit when the same limit and key are named twice', async () => {
    await limiter.hit([claire, claire]);
    await limiter.giveBack([claire, claire]);
    await hitTimes(2);
    expect(await limiter.peek([claire])).toBeUndefined();
    await hitTimes(1);
    expect(await limiter.peek([claire])).toMatchObject({ limit: perAccount });
  });

  it('has nothing against nothing', async () => {
    expect(await limiter.hit([])).toBeUndefined();
    expect(await limiter.peek([])).toBeUndefined();
    await limiter.giveBack([]);
  });

  it('takes a change of its number at once', async () => {
    await hitTimes(3);
    expect(await limiter.hit([{ ...claire, limit: { ...perAccount, max: 10 } }])).toBeUndefined();
    expect(await limiter.hit([{ ...claire, limit: { ...perAccount, max: 2 } }])).toBeDefined();
  });

  it('can be looked at without being counted', async () => {
    await hitTimes(2);
    expect(await limiter.peek([claire, desk])).toBeUndefined();
    await hitTimes(1);
    const retryAt = shift(clock.now(), 10 * MINUTE);
    expect(await limiter.peek([claire, desk])).toEqual({ limit: perAccount, retryAt });
    clock.set(retryAt);
    expect(await limiter.peek([claire, desk])).toBeUndefined();
  });

  it('tells how much is left and until when, and counts nothing by it', async () => {
    expect(await limiter.stateOf(claire)).toEqual({ remaining: 3, resetsAt: null });
    const resetsAt = shift(clock.now(), 10 * MINUTE);
    await hitTimes(2);
    for (let time = 0; time < 3; time++)
      expect(await limiter.stateOf(claire)).toEqual({ remaining: 1, resetsAt });
    await hitTimes(5);
    expect(await limiter.stateOf(claire)).toEqual({ remaining: 0, resetsAt });
    clock.advance(10 * MINUTE);
    expect(await limiter.stateOf(claire)).toEqual({ remaining: 3, resetsAt: null });
  });

  it('lists the windows that run, and forgets those that are cleared, and no other', async () => {
    await hitTimes(3);
    await limiter.hit([desk]);
    const endsAt = shift(clock.now(), 10 * MINUTE);
    const never = { limit: perAccount, key: 'paul' };
    expect(await limiter.running([claire, never])).toEqual([{ limit: perAccount, hits: 3, endsAt }]);
    await limiter.clear([claire, never]);
    expect(await limiter.running([claire])).toEqual([]);
    expect(await limiter.hit([claire])).toBeUndefined();
    expect((await limiter.running([desk]))[0]?.hits).toBe(1);
  });

  it('allows again what was given back, and no more', async () => {
    await hitTimes(3);
    await limiter.giveBack([claire]);
    expect(await limiter.hit([claire])).toBeUndefined();
    expect(await limiter.hit([claire])).toMatchObject({ limit: perAccount });
  });

  it('gives back on each limit, and touches no other key', async () => {
    for (const key of ['claire', 'paul']) await limiter.hit([{ limit: perAddress, key }, desk]);
    await limiter.giveBack([{ limit: perAddress, key: 'claire' }, desk]);
    for (const key of ['claire', 'paul']) await limiter.hit([{ limit: perAddress, key }]);
    expect(await limiter.peek([{ limit: perAddress, key: 'claire' }])).toBeUndefined();
    expect(await limiter.peek([{ limit: perAddress, key: 'paul' }])).toBeDefined();
    expect(await limiter.peek([desk])).toBeUndefined();
  });

  it('never holds more than its number for what was given back too often', async () => {
    await hitTimes(1);
    for (let time = 0; time < 5; time++) await limiter.giveBack([claire]);
    await hitTimes(3);
    expect(await limiter.hit([claire])).toMatchObject({ limit: perAccount });
  });

  it('gives nothing back to a window that is over, nor to one that began after the hit', async () => {
    const countedAt = clock.now();
    await hitTimes(3);
    clock.advance(10 * MINUTE);
    await limiter.giveBack([claire], countedAt);
    await hitTimes(3);
    await limiter.giveBack([claire], countedAt);
    expect(await limiter.hit([claire])).toBeDefined();
    await limiter.giveBack([claire], clock.now());
    expect(await limiter.hit([claire])).toBeUndefined();
  });

  it('is not reopened by a clock that steps back', async () => {
    await hitTimes(4);
    clock.advance(-HOUR);
    expect(await limiter.hit([claire])).toBeDefined();
    expect(await limiter.peek([claire])).toBeDefined();
  });

  it.each(["'; DROP TABLE rateLimit; --", '\uD800', '\0', '__proto__', '', '1'.repeat(100_000)])(
    'counts hostile keys (%#) as any other',
    async (key) => {
      for (let time = 0; time < 3; time++)
        expect(await limiter.hit([{ limit: perAccount, key }])).toBeUndefined();
      expect(await limiter.hit([{ limit: perAccount, key }])).toBeDefined();
    },
  );
});
