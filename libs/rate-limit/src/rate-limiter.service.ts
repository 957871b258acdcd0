import { createHash } from 'node:crypto';
import { Injectable, Optional } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { Database } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { DatabaseWindows } from './database-windows';
import type { LimitWindow, WindowCount, WindowStore } from './limit-window.types';
import type { Hit, Limit, OverLimit } from './limit.types';
import { RedisConnection } from './redis-connection';
import { RedisWindows } from './redis-windows';

/** A hit with its window. */
interface KeyedHit extends LimitWindow {
  limit: Limit;
}

/**
 * Counts hits in windows, so that every instance of the service counts together: in the database, or in Redis where one
 * is given, and in the database again while it does not answer.
 */
@Injectable()
export class RateLimiterService {
  readonly #database: DatabaseWindows;
  readonly #redis?: RedisWindows;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Optional() private readonly redis?: RedisConnection,
  ) {
    this.#database = new DatabaseWindows(database);
    if (redis) this.#redis = new RedisWindows(redis);
  }

  /** Whether windows are counted in Redis when it answers. */
  get usesRedis(): boolean {
    return this.redis !== undefined;
  }

  /**
   * Counts one hit on each, in one unit: the refusal that blocks longest, or nothing when all allow.
   * A hit that is refused by one limit is counted on the others; in a transaction that rolls back, on none.
   */
  async hit(hits: readonly Hit[], at: EntityManager = this.database.manager): Promise<OverLimit | undefined> {
    if (hits.length === 0) return undefined;
    const keyed = inOrder(hits);
    const now = this.clock.now();
    const counts = await this.#ask((store) => store.count(keyed, now, at));
    return longest(keyed, counts, ({ hits }, { max }) => hits > max);
  }

  /** Whether a hit would be refused now. Counts nothing. */
  async peek(hits: readonly Hit[]): Promise<OverLimit | undefined> {
    if (hits.length === 0) return undefined;
    const keyed = inOrder(hits);
    const counts = await this.#ask((store) => store.read(keyed));
    const now = this.clock.now();
    return longest(keyed, counts, ({ hits, windowEndsAt }, { max }) => hits >= max && windowEndsAt > now);
  }

  /** Deletes about `batch` of the database's windows that have been over for longest: how many. Redis forgets by itself. */
  purge(batch: number): Promise<number> {
    return this.#database.purge(batch, this.clock.now());
  }

  /** Resolves when Redis answers. @throws Error otherwise. */
  async pingRedis(): Promise<void> {
    await this.redis?.ask((client) => client.ping());
  }

  /** People must be able to sign in without Redis, and no limit may fall with it: then the database counts (ADR 0013). */
  async #ask(question: (store: WindowStore) => Promise<WindowCount[]>): Promise<WindowCount[]> {
    if (!this.#redis) return question(this.#database);
    const answer = await question(this.#redis).catch(() => undefined);
    return answer ?? question(this.#database);
  }
}

/** In the order of the ids, so that two requests with the same keys never wait for each other. */
function inOrder(hits: readonly Hit[]): KeyedHit[] {
  const keyed = hits.map(({ limit, key }) => ({
    id: idOf(limit, key),
    max: limit.max,
    windowMs: limit.windowMs,
    limit,
  }));
  return keyed.sort((one, other) => (one.id < other.id ? -1 : 1));
}

function idOf(limit: Limit, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([limit.name, key]))
    .digest('hex');
}

function longest(
  keyed: readonly KeyedHit[],
  counts: readonly WindowCount[],
  isOver: (count: WindowCount, limit: Limit) => boolean,
): OverLimit | undefined {
  const refusals = keyed.flatMap(({ id, limit }) =>
    counts
      .filter((count) => count.id === id && isOver(count, limit))
      .map((count) => ({ limit, retryAt: count.windowEndsAt })),
  );
  return refusals.sort((one, other) => other.retryAt.getTime() - one.retryAt.getTime())[0];
}
