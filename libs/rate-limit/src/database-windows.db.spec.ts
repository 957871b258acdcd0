import { MINUTE } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { rateLimitPersistence } from './rate-limit.persistence';
import { RateLimiterService } from './rate-limiter.service';

const perAccount = { name: 'sends-per-account', max: 3, windowMs: 10 * MINUTE };

describeOnEveryEngine('the windows in the database', [rateLimitPersistence], (bench) => {
  let clock: SettableClock;
  let limiter: RateLimiterService;

  beforeEach(async () => {
    await bench.database.execute('DELETE FROM rateLimit');
    clock = new SettableClock();
    limiter = new RateLimiterService(bench.database, clock);
  });

  const claire = { limit: perAccount, key: 'claire' };

  it('counts no further once it is full, so that a flood writes nothing', async () => {
    for (let time = 0; time < 20; time++) await limiter.hit([claire]);
    expect(await bench.database.rows('SELECT hits, allowed FROM rateLimit')).toEqual([
      { hits: 4, allowed: 3 },
    ]);
  });

  it('hold no key, only what it hashes to', async () => {
    await limiter.hit([claire]);
    const [row] = await bench.database.rows<{ id: string }>('SELECT id FROM rateLimit');
    expect(row!.id).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is purged of the windows that are over, the oldest first', async () => {
    for (const key of ['one', 'two', 'three']) {
      await limiter.hit([{ limit: perAccount, key }]);
      clock.advance(MINUTE);
    }
    expect(await limiter.purge(10)).toBe(0);
    clock.advance(8 * MINUTE);
    expect([await limiter.purge(1), await limiter.purge(10), await limiter.purge(10)]).toEqual([1, 1, 0]);
    expect(await bench.database.rows('SELECT hits FROM rateLimit')).toEqual([{ hits: 1 }]);
  });

  it('has a table that matches its entity', async () => {
    expect(await bench.migrator.drift()).toEqual([]);
  });

  it('has a migration that can be undone and done again', async () => {
    await bench.migrator.undoLast();
    expect(await bench.migrator.migrate()).toEqual(['CreateRateLimit1764000006001']);
  });
});
