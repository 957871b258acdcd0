import { setImmediate as nextTurn } from 'node:timers/promises';
import { HOUR, MINUTE } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { rateLimitPersistence } from './rate-limit.persistence';
import type { RateLimiterService } from './rate-limiter.service';
import type { RedisConnection } from './redis-connection';
import { limiterOn, onRedis, useRedis, windowsOf } from './testing/every-store';

const perAccount = { name: 'sends-per-account', max: 3, windowMs: 10 * MINUTE };
/** Ten tenths of six. */
const ward = { limit: { name: 'links-per-address', max: 60, windowMs: HOUR }, key: '192.0.2.7' };
const claire = { limit: perAccount, key: 'claire' };
const ANSWER_LIMIT_MS = 500;
const TRY_AGAIN_AFTER_MS = 5_000;

/** Timers stand still; the clocks, sockets and databases of the test run on. */
function fakeTimers(): typeof jest {
  return jest.useFakeTimers({
    doNotFake: [
      'Date',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
    ],
  });
}

onRedis(() => {
  describeOnEveryEngine('a limit counted in Redis', [rateLimitPersistence], (fixture) => {
    const redis = useRedis();
    let connection: RedisConnection;
    let clock: SettableClock;
    let limiter: RateLimiterService;

    beforeEach(async () => {
      clock = new SettableClock();
      connection = await redis.connect(clock);
      await redis.clear();
      await windowsOf(fixture).clear();
      limiter = limiterOn(fixture.dataSource, clock, connection);
    });

    const hitTimes = async (times: number) => {
      const refusals = [];
      for (let time = 0; time < times; time++) refusals.push(await limiter.consume(claire));
      return refusals.filter(Boolean).length;
    };
    const reconnected = async () => {
      const answers = () =>
        limiter.pingRedis().then(
          () => true,
          () => false,
        );
      while (!(await answers())) await nextTurn();
    };
    const kept = () =>
      connection.ask((client) => client.eval("return redis.call('KEYS', '*')") as Promise<string[]>);
    const field = async (name: string) => {
      const [key] = await kept();
      return connection.ask((client) =>
        client.eval("return redis.call('HGET', KEYS[1], ARGV[1])", { keys: [key!], arguments: [name] }),
      );
    };

    it('leaves a row of the database at each tenth, and no key that could be read', async () => {
      for (let time = 0; time < 17; time++) await limiter.consume(ward);
      expect(await windowsOf(fixture).find()).toMatchObject([{ hits: 12 }]);
      expect(await kept()).toEqual([expect.stringMatching(/^\{portillon:limit\}:[0-9a-f]{64}$/)]);
    });

    it('is forgotten by Redis itself, a little after its end', async () => {
      await hitTimes(1);
      const [key] = await kept();
      const left = await connection.ask((client) =>
        client.eval("return redis.call('PTTL', KEYS[1])", { keys: [key!] }),
      );
      expect(left).toBeGreaterThan(10 * MINUTE);
      expect(left).toBeLessThanOrEqual(11 * MINUTE);
    });

    it('stops counting once it is full', async () => {
      await hitTimes(20);
      expect(await field('hits')).toBe('3');
    });

    it('is counted in the database while Redis is gone, and in Redis again once it is back', async () => {
      await redis.server.kill();
      expect(await hitTimes(4)).toBe(1);
      expect(await windowsOf(fixture).find()).toMatchObject([{ hits: 3 }]);
      await limiter.refund(claire);
      expect(await windowsOf(fixture).find()).toMatchObject([{ hits: 2 }]);
      await expect(limiter.pingRedis()).rejects.toThrow();
      await redis.server.restart();
      clock.advance(TRY_AGAIN_AFTER_MS);
      await reconnected();

      expect(await hitTimes(4)).toBe(2);
      expect(await kept()).toHaveLength(1);
    });

    /** Redis answers nothing for half a second; then the database counts, until {@link backInRedis}. */
    const fallSilent = async () => {
      await redis.server.freeze();
      const timers = fakeTimers();
      try {
        const asked = limiter.running(ward);
        await timers.advanceTimersByTimeAsync(ANSWER_LIMIT_MS);
        await asked;
      } finally {
        timers.useRealTimers();
        redis.server.thaw();
      }
    };
    const backInRedis = async () => {
      clock.advance(TRY_AGAIN_AFTER_MS);
      await reconnected();
    };
    const allowed = async (times: number) => {
      let count = 0;
      for (let time = 0; time < times; time++) if (!(await limiter.consume(ward))) count++;
      return count;
    };

    it('goes on in the database with what Redis counted, to a tenth of its bound', async () => {
      expect(await allowed(60)).toBe(60);
      await fallSilent();
      expect(await allowed(60)).toBe(0);
      await backInRedis();
      await limiter.clear(ward);
      expect(await allowed(59)).toBe(59);
      await fallSilent();
      expect(await allowed(60)).toBe(6);
    });

    it('goes on in Redis with what the database counted, to a tenth of its bound', async () => {
      expect(await allowed(27)).toBe(27);
      await fallSilent();
      expect(await allowed(60)).toBe(36);
      await backInRedis();
      expect(await allowed(60)).toBe(3);
    });

    it('goes on with what the database counted when Redis lost its windows', async () => {
      await redis.server.kill();
      expect(await allowed(59)).toBe(59);
      await redis.server.restart();
      await backInRedis();
      expect(await allowed(60)).toBe(2);
    });

    it('has no more hits in the database after refunds', async () => {
      expect(await allowed(60)).toBe(60);
      for (let time = 0; time < 60; time++) await limiter.refund(ward);
      await fallSilent();
      expect(await allowed(61)).toBe(60);
    });

    it('lets a hanging Redis delay callers once, by half a second', async () => {
      await redis.server.freeze();
      const timers = fakeTimers();
      try {
        const hits = concurrently(16, () => limiter.consume(claire));
        await timers.advanceTimersByTimeAsync(ANSWER_LIMIT_MS);
        expect((await hits).errors).toEqual([]);
        // No timer runs any more: what would wait for one would never end.
        expect(await limiter.consume(claire)).toMatchObject({ limit: perAccount });
      } finally {
        timers.useRealTimers();
        redis.server.thaw();
      }
    });
  });
});
