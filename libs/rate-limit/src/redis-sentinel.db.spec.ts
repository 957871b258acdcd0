import { Logger } from '@nestjs/common';
import { MINUTE } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock, ThrowAwaySentinels } from '@portillon/testing';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { rateLimitPersistence } from './rate-limit.persistence';
import type { RateLimiterService } from './rate-limiter.service';
import { RedisConnection } from './redis-connection';
import { limiterOn, onRedis, windowsOf } from './testing/every-store';

const perAccount = { name: 'sends-per-account', max: 3, windowMs: 10 * MINUTE };
const claire = { limit: perAccount, key: 'claire' };
const TRY_AGAIN_AFTER_MS = 5_000;

onRedis(() => {
  describeOnEveryEngine(
    'a limit counted in the Redis that sentinels name',
    [rateLimitPersistence],
    (fixture) => {
      let sentinels: ThrowAwaySentinels;
      let connection: RedisConnection;
      let clock: SettableClock;
      let limiter: RateLimiterService;

      beforeAll(async () => {
        Logger.overrideLogger(false);
        sentinels = await ThrowAwaySentinels.start();
        clock = new SettableClock();
        connection = new RedisConnection(sentinels.url, clock);
        await connection.onModuleInit();
        limiter = limiterOn(fixture.dataSource, clock, connection);
      }, 60_000);

      afterAll(async () => {
        connection?.onApplicationShutdown();
        await sentinels?.close();
      });

      const hitTimes = async (times: number) => {
        const refusals = [];
        for (let time = 0; time < times; time++) refusals.push(await limiter.consume(claire));
        return refusals.filter(Boolean).length;
      };
      const answers = () =>
        limiter.pingRedis().then(
          () => true,
          () => false,
        );
      const inDatabase = () => windowsOf(fixture).find();

      it('holds while the master is gone, in the database, and on the new master once they name it', async () => {
        expect(await hitTimes(2)).toBe(0);
        await sentinels.master.kill();
        expect(await hitTimes(4)).toBe(3);
        expect(await inDatabase()).toMatchObject([{ hits: 3 }]);

        await windowsOf(fixture).clear();
        while (!(await answers())) {
          clock.advance(TRY_AGAIN_AFTER_MS);
          await nextTurn();
        }
        await hitTimes(4);
        expect(await connection.ask((client) => client.eval("return redis.call('DBSIZE')"))).toBe(1);
      }, 60_000);
    },
  );
});
