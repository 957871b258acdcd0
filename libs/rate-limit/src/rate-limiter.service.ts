import { createHash } from 'node:crypto';
import { Injectable, Logger, Optional } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { LimitMetrics } from './limit.metrics';
import type { FullWindow, LimitWindow, WindowStore } from './limit-window.types';
import type { Hit, Limit, LimitState, OverLimit, RunningLimit } from './limit.types';
import { RateLimitRepository } from './rate-limit.repository';
import { RedisWindowStore } from './redis-window.store';

/** A hit with its window. */
interface KeyedHit extends LimitWindow {
  limit: Limit;
}

/**
 * Counts hits in windows, so that every instance of the service counts together: in the database, or in Redis where one
 * is given, and in the database again while it does not answer.
 *
 * Each act is a committed unit of its own: call it before you open a transaction, never inside.
 */
@Injectable()
export class RateLimiterService {
  readonly #logger = new Logger('RateLimiter');

  constructor(
    private readonly windows: RateLimitRepository,
    private readonly clock: Clock,
    private readonly metrics: LimitMetrics,
    @Optional() private readonly redis?: RedisWindowStore,
  ) {}

  /** Whether windows are counted in Redis when it answers. */
  get usesRedis(): boolean {
    return this.redis !== undefined;
  }

  /**
   * Counts one hit on each, all or none: nothing when all allow it, else the refusal that blocks longest.
   * Several hits of one limit and key are one.
   */
  async hit(hits: readonly Hit[]): Promise<OverLimit | undefined> {
    if (hits.length === 0) return undefined;
    const keyed = keyedOnce(hits);
    const over = longest(keyed, await this.#ask((store) => store.count(byId(keyed), this.clock.now())));
    if (over) this.metrics.refused(over.limit);
    return over;
  }

  /** Whether a hit would be refused now. Counts nothing. */
  async peek(hits: readonly Hit[]): Promise<OverLimit | undefined> {
    if (hits.length === 0) return undefined;
    const keyed = keyedOnce(hits);
    return longest(keyed, await this.#ask((store) => store.findFull(keyed, this.clock.now())));
  }

  /** How much of its limit a key has left, to tell who asks. Counts nothing. */
  async stateOf({ limit, key }: Hit): Promise<LimitState> {
    const windows = keyedOnce([{ limit, key }]);
    const [running] = await this.#ask((store) => store.read(windows, this.clock.now()));
    if (!running) return { remaining: limit.max, resetsAt: null };
    return { remaining: Math.max(0, limit.max - running.hits), resetsAt: running.endsAt };
  }

  /** Those of the hits' windows that run. Counts nothing. */
  async running(asked: readonly Hit[]): Promise<RunningLimit[]> {
    if (asked.length === 0) return [];
    const keyed = keyedOnce(asked);
    const running = await this.#ask((store) => store.read(keyed, this.clock.now()));
    return keyed.flatMap(({ id, limit }) =>
      running.filter((window) => window.id === id).map(({ hits, endsAt }) => ({ limit, hits, endsAt })),
    );
  }

  /** Forgets these windows, wherever they are counted now or were while Redis was away. */
  async clear(hits: readonly Hit[]): Promise<void> {
    if (hits.length === 0) return;
    const keyed = byId(keyedOnce(hits));
    await this.windows.clear(keyed);
    await this.redis?.clear(keyed);
  }

  /**
   * Takes one hit back from each window that still runs, never below 0: what was counted was no abuse.
   * `countedAt`: when it was; a window that began since keeps its hits. Never throws, since the caller's act is done:
   * what cannot be given back stays counted.
   */
  async giveBack(hits: readonly Hit[], countedAt = this.clock.now()): Promise<void> {
    if (hits.length === 0) return;
    const keyed = byId(keyedOnce(hits));
    try {
      await this.#ask((store) => store.giveBack(keyed, this.clock.now(), countedAt));
    } catch (error) {
      this.#logger.warn(`not given back: ${String(error)}`);
    }
  }

  /** Deletes up to `batch` of the database's windows that have been over for longest: how many. Redis forgets by itself. */
  purge(batch: number): Promise<number> {
    return this.windows.purge(batch, this.clock.now());
  }

  /** Resolves when Redis answers. @throws Error otherwise. */
  async pingRedis(): Promise<void> {
    await this.redis?.ping();
  }

  /** People must be able to sign in without Redis, and no limit may fall with it: then the database counts (ADR 0013). */
  #ask<Answer>(question: (store: WindowStore) => Promise<Answer>): Promise<Answer> {
    if (!this.redis) return question(this.windows);
    return question(this.redis).catch(() => question(this.windows));
  }
}

/** Each limit and key once, as the caller has them in order. */
function keyedOnce(hits: readonly Hit[]): KeyedHit[] {
  const keyed = new Map<string, KeyedHit>();
  for (const { limit, key } of hits) {
    const id = idOf(limit, key);
    keyed.set(id, { id, max: limit.max, windowMs: limit.windowMs, limit });
  }
  return [...keyed.values()];
}

/** In the order of the ids, so that two requests with the same keys never wait for each other. */
function byId(keyed: readonly KeyedHit[]): KeyedHit[] {
  return [...keyed].sort((one, other) => (one.id < other.id ? -1 : 1));
}

function idOf(limit: Limit, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([limit.name, key]))
    .digest('hex');
}

/** The refusal that blocks longest; of two that block as long, the caller's first. */
function longest(keyed: readonly KeyedHit[], full: readonly FullWindow[]): OverLimit | undefined {
  const refusals = keyed.flatMap(({ id, limit }) =>
    full.filter((window) => window.id === id).map(({ endsAt }) => ({ limit, retryAt: endsAt })),
  );
  return refusals.sort((one, other) => other.retryAt.getTime() - one.retryAt.getTime())[0];
}
