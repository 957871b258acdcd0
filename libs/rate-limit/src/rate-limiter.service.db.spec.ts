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

  it('counts a hit on every limit, even when one refuses it', async () => {
    for (let time = 0; time < 3; time++) await limiter.hit([claire, desk]);
    expect(await limiter.hit([claire])).toMatchObject({ limit: perAccount });
  });

  it('counts the same key twice when it is hit twice', async () => {
    await limiter.hit([claire, claire]);
    expect(await limiter.hit([claire])).toBeUndefined();
    expect(await limiter.hit([claire])).toMatchObject({ limit: perAccount });
  });

  it('has nothing against nothing', async () => {
    expect(await limiter.hit([])).toBeUndefined();
    expect(await limiter.peek([])).toBeUndefined();
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

  it('counts nothing in a transaction that is rolled back', async () => {
    for (let time = 0; time < 10; time++) {
      const undone = bench.database.transaction(async (tx) => {
        await limiter.hit([claire], tx);
        throw new Error('refused');
      });
      await expect(undone).rejects.toThrow('refused');
    }
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
