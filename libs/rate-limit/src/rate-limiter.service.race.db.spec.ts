import { MINUTE } from '@portillon/kernel';
import { concurrently, openMigrated, SettableClock } from '@portillon/testing';
import { rateLimitPersistence } from './rate-limit.persistence';
import type { RateLimiterService } from './rate-limiter.service';
import { describeOnEveryStore } from './testing/every-store';

const perAccount = { name: 'sends-per-account', max: 5, windowMs: 10 * MINUTE };

describeOnEveryStore('a limit under a rush', (fixture, isFile) => {
  let limiter: RateLimiterService;

  beforeEach(async () => {
    await fixture.clear();
    limiter = await fixture.limiter(new SettableClock());
  });

  it('of 5 lets exactly 5 of 32 through', async () => {
    const { results, errors } = await concurrently(32, () =>
      limiter.consume({ limit: perAccount, key: 'claire' }),
    );
    expect(errors).toEqual([]);
    expect(results.filter((refusal) => !refusal)).toHaveLength(5);
  });

  it('allows exactly as many hits again as were refunded concurrently', async () => {
    const hit = { limit: perAccount, key: 'claire' };
    for (let time = 0; time < 5; time++) await limiter.consume(hit);
    const { errors } = await concurrently(4, () => limiter.refund(hit));
    expect(errors).toEqual([]);
    const { results } = await concurrently(16, () => limiter.consume(hit));
    expect(results.filter((refusal) => !refusal)).toHaveLength(4);
  });

  it('starts the windows of many keys concurrently, each once', async () => {
    const { results, errors } = await concurrently(48, (index) =>
      limiter.consume({ limit: perAccount, key: `person-${index % 6}` }),
    );
    expect(errors).toEqual([]);
    expect(results.filter((refusal) => !refusal)).toHaveLength(30);
  });

  it('begins a new window once under concurrent calls', async () => {
    const clock = new SettableClock();
    const late = await fixture.limiter(clock);
    await concurrently(8, () => late.consume({ limit: perAccount, key: 'claire' }));
    clock.advance(10 * MINUTE);
    const { results } = await concurrently(32, () => late.consume({ limit: perAccount, key: 'claire' }));
    expect(results.filter((refusal) => !refusal)).toHaveLength(5);
  });

  // Two connections to one file in one process would wait for each other: the engine's lock blocks the whole process.
  if (!isFile)
    it('is shared by two processes', async () => {
      const second = await openMigrated(fixture.url, [rateLimitPersistence]);
      const other = await fixture.limiter(new SettableClock(), second);
      const { results, errors } = await concurrently(32, (index) =>
        (index % 2 ? limiter : other).consume({ limit: perAccount, key: 'claire' }),
      );
      await second.destroy();
      expect(errors).toEqual([]);
      expect(results.filter((refusal) => !refusal)).toHaveLength(5);
    });
});
