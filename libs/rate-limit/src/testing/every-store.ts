import { Logger } from '@nestjs/common';
import { Clock, MetricsRegistry, SystemClock } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { describeOnEveryEngine, TestDatabase, ThrowAwayRedis } from '@portillon/testing';
import type { DataSource } from 'typeorm';
import { RateLimitEntity, RateLimitRepository } from '../rate-limit.repository';
import { rateLimitPersistence } from '../rate-limit.persistence';
import { LimitMetrics } from '../limit-registry';
import { RateLimiterService } from '../rate-limiter.service';
import { RedisConnection } from '../redis-connection';
import { RedisWindowStore } from '../redis-window.store';

export interface LimiterFixture extends TestDatabase {
  /** A limiter as another process would have it. */
  limiter(clock: Clock, dataSource?: DataSource): Promise<RateLimiterService>;
  /** Forgets every window. */
  clear(): Promise<void>;
}

/**
 * The same tests with the windows in the database, on each engine, and in Redis beside each. `isFile`: the windows are in
 * a file of the embedded engine.
 */
export function describeOnEveryStore(
  title: string,
  tests: (bench: LimiterFixture, isFile: boolean) => void,
): void {
  describeOnEveryEngine(`${title}, in the database`, [rateLimitPersistence], (bench, engine) => {
    const limiter = async (clock: Clock, dataSource = bench.dataSource) => limiterOn(dataSource, clock);
    const clear = () => windowsOf(bench).clear();
    tests(Object.assign(bench, { limiter, clear }), engine === 'embedded');
  });
  onRedis(() => {
    describeOnEveryEngine(`${title}, in Redis`, [rateLimitPersistence], (bench) => {
      const redis = useRedis();
      const limiter = async (clock: Clock, dataSource = bench.dataSource) =>
        limiterOn(dataSource, clock, await redis.connect());
      const clear = async () => {
        await redis.clear();
        await windowsOf(bench).clear();
      };
      tests(Object.assign(bench, { limiter, clear }), false);
    });
  });
}

/** The service as the module puts it together. */
export function limiterOn(dataSource: DataSource, clock: Clock, redis?: RedisConnection): RateLimiterService {
  const rows = dataSource.getRepository(RateLimitEntity);
  const windows = new RateLimitRepository(rows, new Transactions(dataSource));
  return new RateLimiterService(
    windows,
    clock,
    new LimitMetrics(new MetricsRegistry()),
    redis && new RedisWindowStore(redis, windows),
  );
}

/** The rows of the database's windows. */
export function windowsOf({ dataSource }: Pick<TestDatabase, 'dataSource'>) {
  return dataSource.getRepository(RateLimitEntity);
}

/** Skips the tests on a machine without Redis, which `npm test` reports; in CI they fail. */
export function onRedis(tests: () => void): void {
  (ThrowAwayRedis.available() ? describe : describe.skip)('', tests);
}

/** A Redis for the tests, and connections to it that end with them. */
export function useRedis(): RedisOfTests {
  const redis = new RedisOfTests();
  beforeAll(async () => {
    Logger.overrideLogger(false);
    await redis.open();
  });
  afterAll(() => redis.close());
  return redis;
}

class RedisOfTests {
  server!: ThrowAwayRedis;
  readonly #connections: RedisConnection[] = [];

  async open(): Promise<void> {
    this.server = await ThrowAwayRedis.start();
  }

  async connect(clock: Clock = new SystemClock()): Promise<RedisConnection> {
    const connection = new RedisConnection(this.server.url, clock);
    this.#connections.push(connection);
    await connection.onModuleInit();
    return connection;
  }

  /** Uses a separate connection, since those of the tests may be lost. */
  async clear(): Promise<void> {
    const connection = await this.connect();
    await connection.ask((client) => client.eval("return redis.call('FLUSHALL')"));
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.onApplicationShutdown();
    await this.server?.kill();
  }
}
