import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE } from '@portillon/kernel';
import { atOnce, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { rateLimitPersistence } from './rate-limit.persistence';
import { RateLimiterService } from './rate-limiter.service';
import type { RedisConnection } from './redis-connection';
import { onRedis, useRedis } from './testing/every-store';

const perAccount = { name: 'sends-per-account', max: 3, windowMs: 10 * MINUTE };
const perAddress = { name: 'sends-per-address', max: 2, windowMs: 10 * MINUTE };
const claire = { limit: perAccount, key: 'claire' };
const desk = { limit: perAddress, key: '192.0.2.1' };
const SECOND_TRY_MS = 5_000;

onRedis(() => {
  describeOnEveryEngine('a limit counted in Redis', [rateLimitPersistence], (bench) => {
    const redis = useRedis();
    let connection: RedisConnection;
    let clock: SettableClock;
    let limiter: RateLimiterService;

    beforeEach(async () => {
      connection = await redis.connect();
      await redis.clear();
      await bench.database.execute('DELETE FROM rateLimit');
      clock = new SettableClock();
      limiter = new RateLimiterService(bench.database, clock, connection);
    });

    const hitTimes = async (times: number) => {
      const refusals = [];
      for (let time = 0; time < times; time++) refusals.push(await limiter.hit([claire]));
      return refusals.filter(Boolean).length;
    };
    const kept = () =>
      connection.ask((client) => client.eval("return redis.call('KEYS', '*')") as Promise<string[]>);
    const field = async (name: string) => {
      const [key] = await kept();
      return connection.ask((client) =>
        client.eval("return redis.call('HGET', KEYS[1], ARGV[1])", { keys: [key!], arguments: [name] }),
      );
    };

    it('leaves nothing in the database, and no key that could be read', async () => {
      await hitTimes(2);
      expect(await bench.database.rows('SELECT id FROM rateLimit')).toEqual([]);
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

    it('counts no further once it is full', async () => {
      await hitTimes(20);
      expect(await field('hits')).toBe('4');
    });

    it('gives back what a transaction counted that was rolled back, and not what others counted meanwhile', async () => {
      await hitTimes(1);
      const undone = bench.database.transaction(async (tx) => {
        await limiter.hit([claire, desk], tx);
        await limiter.hit([claire]);
        throw new Error('refused');
      });
      await expect(undone).rejects.toThrow('refused');
      expect(await field('hits')).toBe('2');
      expect(await limiter.hit([claire])).toBeUndefined();
      expect(await limiter.hit([claire])).toBeDefined();
    });

    it('gives back what was still on its way when the transaction was rolled back', async () => {
      const undone = bench.database.transaction(async (tx) => {
        void limiter.hit([claire], tx);
        throw new Error('refused');
      });
      await expect(undone).rejects.toThrow('refused');
      expect(await kept()).toEqual([]);
    });

    it('takes nothing back from a window that was full already, nor from one that began since', async () => {
      const refuse = async (tx: Parameters<typeof limiter.hit>[1], wait: number) => {
        await limiter.hit([claire], tx);
        clock.advance(wait);
        await limiter.hit([claire]);
        throw new Error('refused');
      };
      await hitTimes(4);
      await expect(bench.database.transaction((tx) => refuse(tx, 0))).rejects.toThrow();
      expect(await field('hits')).toBe('4');
      await expect(bench.database.transaction((tx) => refuse(tx, 10 * MINUTE))).rejects.toThrow();
      expect(await field('hits')).toBe('1');
    });

    it('is counted in the database while Redis is gone, and in Redis again once it is back', async () => {
      await redis.server.kill();
      expect(await hitTimes(4)).toBe(1);
      await expect(limiter.pingRedis()).rejects.toThrow();
      await redis.server.restart();
      await sleep(SECOND_TRY_MS);
      await limiter.pingRedis().catch(() => undefined);
      await sleep(500);
      await limiter.pingRedis();
      expect(await hitTimes(4)).toBe(1);
      expect(await kept()).toHaveLength(1);
    }, 20_000);

    it('makes nobody wait for a Redis that hangs, but for half a second, once', async () => {
      redis.server.freeze();
      try {
        const start = performance.now();
        const { errors } = await atOnce(16, () => limiter.hit([claire]));
        expect(errors).toEqual([]);
        expect(performance.now() - start).toBeLessThan(2_000);
        const again = performance.now();
        expect(await limiter.hit([claire])).toMatchObject({ limit: perAccount });
        expect(performance.now() - again).toBeLessThan(300);
      } finally {
        redis.server.thaw();
      }
    });

    it('holds inside a transaction too when Redis goes away in the middle of it', async () => {
      await redis.server.kill();
      const counted = bench.database.transaction((tx) => limiter.hit([claire, desk], tx));
      expect(await counted).toBeUndefined();
      expect(await bench.database.rows('SELECT hits FROM rateLimit')).toEqual([{ hits: 1 }, { hits: 1 }]);
      await redis.server.restart();
    });
  });
});
