import { MINUTE } from '@portillon/kernel';
import { atOnce, openMigrated, SettableClock } from '@portillon/testing';
import { rateLimitPersistence } from './rate-limit.persistence';
import type { RateLimiterService } from './rate-limiter.service';
import { describeOnEveryStore } from './testing/every-store';

const perAccount = { name: 'sends-per-account', max: 5, windowMs: 10 * MINUTE };
const perAddress = { name: 'sends-per-address', max: 7, windowMs: 10 * MINUTE };

describeOnEveryStore('a limit under a rush', (bench, isFile) => {
  let limiter: RateLimiterService;

  beforeEach(async () => {
    await bench.clear();
    limiter = await bench.limiter(new SettableClock());
  });

  it('of 5 lets exactly 5 of 32 through', async () => {
    const { results, errors } = await atOnce(32, () => limiter.hit([{ limit: perAccount, key: 'claire' }]));
    expect(errors).toEqual([]);
    expect(results.filter((refusal) => !refusal)).toHaveLength(5);
  });

  it('counts several keys of many callers, named in any order, without one waiting for another for ever', async () => {
    const { results, errors } = await atOnce(48, (index) => {
      const hits = [
        { limit: perAddress, key: '192.0.2.1' },
        { limit: { ...perAccount, max: 1_000 }, key: `person-${index % 3}` },
        { limit: { ...perAccount, name: 'in-all', max: 1_000 }, key: '' },
      ];
      return limiter.hit(index % 2 ? hits : hits.reverse());
    });
    expect(errors).toEqual([]);
    expect(results.filter((refusal) => !refusal)).toHaveLength(7);
  });

  it('counts on all limits or on none: of 7 and of 5, 5 come through and 2 stay allowed', async () => {
    const [person, desk] = [
      { limit: perAccount, key: 'claire' },
      { limit: perAddress, key: '192.0.2.1' },
    ];
    const { results, errors } = await atOnce(48, () => limiter.hit([desk, person]));
    expect(errors).toEqual([]);
    expect(results.filter((refusal) => !refusal)).toHaveLength(5);
    const { results: others } = await atOnce(16, () => limiter.hit([desk]));
    expect(others.filter((refusal) => !refusal)).toHaveLength(2);
  });

  it('allows exactly as many again as were given back at once', async () => {
    const hits = [
      { limit: { ...perAccount, max: 48 }, key: 'claire' },
      { limit: perAddress, key: '192.0.2.1' },
    ];
    for (let time = 0; time < 7; time++) await limiter.hit(hits);
    const { errors } = await atOnce(4, () => limiter.giveBack(hits));
    expect(errors).toEqual([]);
    const { results } = await atOnce(16, () => limiter.hit(hits));
    expect(results.filter((refusal) => !refusal)).toHaveLength(4);
  });

  it('begins a new window once, whoever comes first', async () => {
    const clock = new SettableClock();
    const late = await bench.limiter(clock);
    await atOnce(8, () => late.hit([{ limit: perAccount, key: 'claire' }]));
    clock.advance(10 * MINUTE);
    const { results } = await atOnce(32, () => late.hit([{ limit: perAccount, key: 'claire' }]));
    expect(results.filter((refusal) => !refusal)).toHaveLength(5);
  });

  // Two connections to one file in one process would wait for each other: the engine's lock blocks the whole process.
  if (!isFile)
    it('is shared by two processes', async () => {
      const second = await openMigrated(bench.url, [rateLimitPersistence]);
      const other = await bench.limiter(new SettableClock(), second);
      const { results, errors } = await atOnce(32, (index) =>
        (index % 2 ? limiter : other).hit([{ limit: perAccount, key: 'claire' }]),
      );
      await second.destroy();
      expect(errors).toEqual([]);
      expect(results.filter((refusal) => !refusal)).toHaveLength(5);
    });
});
