import { Logger } from '@nestjs/common';
import type { Clock } from '@portillon/kernel';
import type { Database } from '@portillon/persistence';
import { describeOnEveryEngine, TestDatabase, ThrowAwayRedis } from '@portillon/testing';
import { rateLimitPersistence } from '../rate-limit.persistence';
import { RateLimiterService } from '../rate-limiter.service';
import { RedisConnection } from '../redis-connection';

export interface LimiterBench extends TestDatabase {
  /** A limiter as a process of its own has it. */
  limiter(clock: Clock, database?: Database): Promise<RateLimiterService>;
  /** Forgets every window. */
  clear(): Promise<void>;
}

/** The same tests with the windows in the database, on each engine, and in Redis beside each. */
export function describeOnEveryStore(title: string, tests: (bench: LimiterBench) => void): void {
  describeOnEveryEngine(`${title}, in the database`, [rateLimitPersistence], (bench) => {
    const limiter = async (clock: Clock, database = bench.database) =>
      new RateLimiterService(database, clock);
    const clear = async () => void (await bench.database.execute('DELETE FROM rateLimit'));
    tests(Object.assign(bench, { limiter, clear }));
  });
  onRedis(() => {
    describeOnEveryEngine(`${title}, in Redis`, [rateLimitPersistence], (bench) => {
      const redis = useRedis();
      const limiter = async (clock: Clock, database = bench.database) =>
        new RateLimiterService(database, clock, await redis.connect());
      tests(Object.assign(bench, { limiter, clear: () => redis.clear() }));
    });
  });
}

/** Where the machine has no Redis its tests are left out, and `npm test` says so; in CI they fail. */
export function onRedis(tests: () => void): void {
  (ThrowAwayRedis.available() ? describe : describe.skip)('', tests);
}

/** A Redis of the tests' own, and connections to it that end with them. */
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

  async connect(): Promise<RedisConnection> {
    const connection = new RedisConnection(this.server.url);
    this.#connections.push(connection);
    await connection.onModuleInit();
    return connection;
  }

  /** Through a connection of its own: those of the tests may be lost. */
  async clear(): Promise<void> {
    const connection = await this.connect();
    await connection.ask((client) => client.eval("return redis.call('FLUSHALL')"));
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.onApplicationShutdown();
    await this.server?.kill();
  }
}
