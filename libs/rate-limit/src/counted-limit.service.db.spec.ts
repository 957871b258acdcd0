import { Keyring, MetricsRegistry, MINUTE, addMilliseconds } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { CountedLimitService } from './counted-limit.service';
import { LimitRegistry, LimitMetrics } from './limit-registry';
import type { LimitSubject } from './limit.types';
import { rateLimitPersistence } from './rate-limit.persistence';
import { RateLimitEntity, RateLimitRepository } from './rate-limit.repository';
import { RateLimiterService } from './rate-limiter.service';

const CLAIRE: LimitSubject = { kind: 'account', value: 'claire' };
const PAUL: LimitSubject = { kind: 'account', value: 'paul' };
const LIMIT = { name: 'resets', max: 3, windowMs: MINUTE };

describeOnEveryEngine('what limits have counted', [rateLimitPersistence], (bench) => {
  it('is listed and cleared for an operator, in windows and in the rows of a library', async () => {
    const clock = new SettableClock();
    const registry = new LimitRegistry(new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]));
    const table = bench.dataSource.getRepository(RateLimitEntity);
    const limiter = new RateLimiterService(
      new RateLimitRepository(table, bench.transactions),
      clock,
      new LimitMetrics(new MetricsRegistry()),
    );
    const counted = new CountedLimitService(registry, limiter);
    const endsAt = addMilliseconds(clock.now(), MINUTE);
    const rows = [CLAIRE, PAUL].map((one) => ({ ...one, limit: 'codes', hits: 5, max: 20, endsAt }));
    registry.register({ account: [LIMIT] });
    registry.registerCounts({
      list: async ({ value }) => rows.filter((row) => row.value === value),
      clear: async ({ value }) => void rows.splice(0, 2, ...rows.filter((row) => row.value !== value)),
    });
    for (const one of [CLAIRE, PAUL]) await limiter.consume(registry.hitsOf(one)[0]!);
    expect((await counted.list([CLAIRE])).map(({ limit, hits }) => [limit, hits])).toEqual([
      ['resets', 1],
      ['codes', 5],
    ]);
    await counted.clear([CLAIRE]);
    expect(await counted.list([CLAIRE])).toEqual([]);
    expect(await counted.list([PAUL])).toHaveLength(2);
  });

  it('counts refusals by the name of the limit and never by the subject', async () => {
    const metrics = new MetricsRegistry();
    const table = bench.dataSource.getRepository(RateLimitEntity);
    const limiter = new RateLimiterService(
      new RateLimitRepository(table, bench.transactions),
      new SettableClock(),
      new LimitMetrics(metrics),
    );
    for (let time = 0; time < 5; time++) await limiter.consume({ limit: LIMIT, key: 'a stranger' });
    expect((await metrics.metrics()).match(/^portillon_limit.*/gm)).toEqual([
      'portillon_limit_refusals_total{limit="resets"} 2',
    ]);
  });
});
