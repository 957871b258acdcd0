import { HOUR, MINUTE, addMilliseconds } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import type { RateLimiterService } from './rate-limiter.service';
import { describeOnEveryStore } from './testing/every-store';

const perAccount = { name: 'sends-per-account', max: 3, windowMs: 10 * MINUTE };
const perAddress = { name: 'sends-per-address', max: 2, windowMs: HOUR };

describeOnEveryStore('a limit', (fixture) => {
  let clock: SettableClock;
  let limiter: RateLimiterService;

  beforeEach(async () => {
    await fixture.clear();
    clock = new SettableClock();
    limiter = await fixture.limiter(clock);
  });

  const claire = { limit: perAccount, key: 'claire' };
  const desk = { limit: perAddress, key: '192.0.2.1' };
  const hitTimes = async (times: number) => {
    for (let time = 0; time < times; time++) await limiter.consume(claire);
  };

  it('allows its maximum of hits, then none until the window ends', async () => {
    const retryAt = addMilliseconds(clock.now(), 10 * MINUTE);
    await hitTimes(2);
    expect(await limiter.consume(claire)).toBeUndefined();
    clock.advance(10 * MINUTE - 1);
    expect(await limiter.consume(claire)).toEqual({ limit: perAccount, retryAt });
    clock.set(retryAt);
    expect(await limiter.consume(claire)).toBeUndefined();
  });

  it('does not move its end when it refuses hits', async () => {
    const retryAt = addMilliseconds(clock.now(), 10 * MINUTE);
    await hitTimes(20);
    clock.advance(9 * MINUTE);
    expect(await limiter.consume(claire)).toEqual({ limit: perAccount, retryAt });
  });

  it('counts each key and each limit separately', async () => {
    await hitTimes(3);
    expect(await limiter.consume({ limit: perAccount, key: 'paul' })).toBeUndefined();
    expect(await limiter.consume({ limit: perAddress, key: 'claire' })).toBeUndefined();
  });

  it('distinguishes limits whose names and keys join to the same text', async () => {
    await limiter.consume({ limit: { ...perAddress, name: 'a', max: 1 }, key: 'bc' });
    expect(await limiter.consume({ limit: { ...perAddress, name: 'ab', max: 1 }, key: 'c' })).toBeUndefined();
  });

  it('applies a changed maximum immediately', async () => {
    await hitTimes(3);
    expect(await limiter.consume({ ...claire, limit: { ...perAccount, max: 10 } })).toBeUndefined();
    expect(await limiter.consume({ ...claire, limit: { ...perAccount, max: 2 } })).toBeDefined();
  });

  it('returns how much is left and until when, without counting', async () => {
    expect(await limiter.stateOf(claire)).toEqual({ remaining: 3, resetsAt: null });
    const resetsAt = addMilliseconds(clock.now(), 10 * MINUTE);
    await hitTimes(2);
    for (let time = 0; time < 3; time++)
      expect(await limiter.stateOf(claire)).toEqual({ remaining: 1, resetsAt });
    await hitTimes(5);
    expect(await limiter.stateOf(claire)).toEqual({ remaining: 0, resetsAt });
    clock.advance(10 * MINUTE);
    expect(await limiter.stateOf(claire)).toEqual({ remaining: 3, resetsAt: null });
  });

  it('returns the present window, and clears one without affecting others', async () => {
    await hitTimes(3);
    await limiter.consume(desk);
    const never = { limit: perAccount, key: 'paul' };
    expect(await limiter.running(claire)).toEqual({
      hits: 3,
      endsAt: addMilliseconds(clock.now(), 10 * MINUTE),
    });
    expect(await limiter.running(never)).toBeUndefined();
    for (const hit of [claire, never]) await limiter.clear(hit);
    expect(await limiter.running(claire)).toBeUndefined();
    expect(await limiter.consume(claire)).toBeUndefined();
    expect((await limiter.running(desk))?.hits).toBe(1);
  });

  it('allows refunded hits again, and no more', async () => {
    await hitTimes(3);
    await limiter.refund(claire);
    expect(await limiter.consume(claire)).toBeUndefined();
    expect(await limiter.consume(claire)).toMatchObject({ limit: perAccount });
  });

  it('refunds no other key and no other limit', async () => {
    const [paul, other] = [
      { limit: perAccount, key: 'paul' },
      { limit: perAddress, key: 'claire' },
    ];
    for (const hit of [claire, paul, other]) await limiter.consume(hit);
    await limiter.refund(claire);
    const left = await Promise.all([claire, paul, other].map((hit) => limiter.stateOf(hit)));
    expect(left.map(({ remaining }) => remaining)).toEqual([3, 2, 1]);
  });

  it('never allows more than its maximum after too many refunds', async () => {
    await hitTimes(1);
    for (let time = 0; time < 5; time++) await limiter.refund(claire);
    await hitTimes(3);
    expect(await limiter.consume(claire)).toMatchObject({ limit: perAccount });
  });

  it('refunds nothing to an expired window, nor to one that began after the hit', async () => {
    const countedAt = clock.now();
    await hitTimes(3);
    clock.advance(10 * MINUTE);
    await limiter.refund(claire, countedAt);
    await hitTimes(3);
    await limiter.refund(claire, countedAt);
    expect(await limiter.consume(claire)).toBeDefined();
    await limiter.refund(claire, clock.now());
    expect(await limiter.consume(claire)).toBeUndefined();
  });

  it('is not reopened by a clock that steps back', async () => {
    await hitTimes(4);
    clock.advance(-HOUR);
    expect(await limiter.consume(claire)).toBeDefined();
    expect((await limiter.stateOf(claire)).remaining).toBe(0);
  });

  it.each(["'; DROP TABLE rateLimit; --", '\uD800', '\0', '__proto__', '', '1'.repeat(100_000)])(
    'counts hostile keys (%#) as any other',
    async (key) => {
      for (let time = 0; time < 3; time++)
        expect(await limiter.consume({ limit: perAccount, key })).toBeUndefined();
      expect(await limiter.consume({ limit: perAccount, key })).toBeDefined();
    },
  );
});
