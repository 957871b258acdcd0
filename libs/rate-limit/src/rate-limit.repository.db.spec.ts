import { MINUTE } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { rateLimitPersistence } from './rate-limit.persistence';
import type { RateLimiterService } from './rate-limiter.service';
import { limiterOn, windowsOf } from './testing/every-store';

const perAccount = { name: 'sends-per-account', max: 3, windowMs: 10 * MINUTE };

describeOnEveryEngine('the windows in the database', [rateLimitPersistence], (fixture) => {
  let clock: SettableClock;
  let limiter: RateLimiterService;

  beforeEach(async () => {
    await windowsOf(fixture).clear();
    clock = new SettableClock();
    limiter = limiterOn(fixture.dataSource, clock);
  });

  const claire = { limit: perAccount, key: 'claire' };

  it('stop counting once they are full', async () => {
    for (let time = 0; time < 20; time++) await limiter.consume(claire);
    expect(await windowsOf(fixture).find()).toMatchObject([{ hits: 3 }]);
  });

  it('store no key, only its hash', async () => {
    await limiter.consume(claire);
    const [row] = await windowsOf(fixture).find();
    expect(row!.id).toMatch(/^[0-9a-f]{64}$/);
  });

  it('are purged once they are over, the oldest first', async () => {
    for (const key of ['one', 'two', 'three']) {
      await limiter.consume({ limit: perAccount, key });
      clock.advance(MINUTE);
    }
    expect(await limiter.purge(10)).toBe(0);
    clock.advance(8 * MINUTE);
    expect([await limiter.purge(1), await limiter.purge(10), await limiter.purge(10)]).toEqual([1, 1, 0]);
    expect(await windowsOf(fixture).find()).toMatchObject([{ hits: 1 }]);
  });

  it('have a table that matches their entity', async () => {
    expect(await fixture.migrator.drift()).toEqual([]);
  });

  it('have a migration that can be undone and done again', async () => {
    await fixture.migrator.undoLast();
    expect(await fixture.migrator.migrate()).toEqual(['CreateRateLimit1764000006001']);
  });
});
