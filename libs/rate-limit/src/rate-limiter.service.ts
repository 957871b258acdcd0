import { createHash } from 'node:crypto';
import { Injectable, Logger, Optional } from '@nestjs/common';
import { Clock, type Keyring } from '@portillon/kernel';
import { LimitMetrics } from './limit-registry';
import type {
  LimitWindow,
  RunningWindow,
  WindowStore,
  Hit,
  LimitState,
  OverLimit,
  Limit,
} from './limit.types';
import { RateLimitRepository } from './rate-limit.repository';
import { RedisWindowStore } from './redis-window.store';

/**
 * Counts hits in windows across all instances: in Redis where it is configured and answers, otherwise in the database.
 *
 * Each call commits separately: call it before you open a transaction, never inside.
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

  /** Counts one hit. Returns nothing when the limit allows it; otherwise counts nothing and returns the refusal. */
  async consume(hit: Hit): Promise<OverLimit | undefined> {
    const retryAt = await this.#ask((store) => store.count(windowOf(hit), this.clock.now()));
    if (!retryAt) return undefined;
    this.metrics.refused(hit.limit);
    return { limit: hit.limit, retryAt };
  }

  /** Returns the remaining quota of a key. Counts nothing. */
  async stateOf(hit: Hit): Promise<LimitState> {
    const running = await this.running(hit);
    if (!running) return { remaining: hit.limit.max, resetsAt: null };
    return { remaining: Math.max(0, hit.limit.max - running.hits), resetsAt: running.endsAt };
  }

  /** Returns the count of the key's window; nothing when none is running. */
  running(hit: Hit): Promise<RunningWindow | undefined> {
    return this.#ask((store) => store.read(windowOf(hit), this.clock.now()));
  }

  /** Deletes the window in Redis and in the database. */
  async clear(hit: Hit): Promise<void> {
    await this.windows.clear(windowOf(hit));
    await this.redis?.clear(windowOf(hit));
  }

  /**
   * Takes one hit back from a running window, never below 0, when the counted event was no abuse. `countedAt`: when it
   * was counted; a window that started later keeps its hits. Never throws, since the caller's action is done: on
   * failure the hit stays counted.
   */
  async refund(hit: Hit, countedAt = this.clock.now()): Promise<void> {
    try {
      await this.#ask((store) => store.refund(windowOf(hit), this.clock.now(), countedAt));
    } catch (error) {
      this.#logger.warn(`not refunded: ${String(error)}`);
    }
  }

  /** Deletes up to `batch` windows from the database, the longest expired first. Returns how many. Redis expires its own. */
  purge(batch: number): Promise<number> {
    return this.windows.purge(batch, this.clock.now());
  }

  /** Resolves when Redis answers. @throws Error otherwise */
  async pingRedis(): Promise<void> {
    await this.redis?.ping();
  }

  /** People must be able to sign in without Redis, and the limits must still apply: then the database counts (ADR 0013). */
  #ask<Answer>(question: (store: WindowStore) => Promise<Answer>): Promise<Answer> {
    if (!this.redis) return question(this.windows);
    return question(this.redis).catch(() => question(this.windows));
  }
}

function windowOf({ limit: { name, max, windowMs }, key }: Hit): LimitWindow {
  const id = createHash('sha256')
    .update(JSON.stringify([name, key]))
    .digest('hex');
  return { id, max, windowMs };
}

/** Returns a hit of `limit` by the client's address block. Counters store no address. */
export function hitOfBlock(limit: Limit, client: { addressBlock: string }, keyring: Keyring): Hit {
  return { limit, key: keyring.digest('limit', [client.addressBlock]) };
}
