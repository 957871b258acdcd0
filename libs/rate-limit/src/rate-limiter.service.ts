import { createHash } from 'node:crypto';
import { Injectable, Logger, Optional } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { LimitMetrics } from './limit.metrics';
import type { LimitWindow, RunningWindow, WindowStore } from './limit-window.types';
import type { Hit, LimitState, OverLimit } from './limit.types';
import { RateLimitRepository } from './rate-limit.repository';
import { RedisWindowStore } from './redis-window.store';

/**
 * Counts hits in windows, so that every instance of the service counts together: in the database, or in Redis where one
 * is given, and in the database again while it does not answer.
 *
 * Each act is a committed unit: call it before you open a transaction, never inside.
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

  /** Counts one hit: nothing when its limit allows it, else the refusal, and nothing is counted. */
  async consume(hit: Hit): Promise<OverLimit | undefined> {
    const retryAt = await this.#ask((store) => store.count(windowOf(hit), this.clock.now()));
    if (!retryAt) return undefined;
    this.metrics.refused(hit.limit);
    return { limit: hit.limit, retryAt };
  }

  /** How much of its limit a key has left. Counts nothing. */
  async stateOf(hit: Hit): Promise<LimitState> {
    const running = await this.running(hit);
    if (!running) return { remaining: hit.limit.max, resetsAt: null };
    return { remaining: Math.max(0, hit.limit.max - running.hits), resetsAt: running.endsAt };
  }

  /** What its window has counted; nothing when none runs. */
  running(hit: Hit): Promise<RunningWindow | undefined> {
    return this.#ask((store) => store.read(windowOf(hit), this.clock.now()));
  }

  /** Forgets this window, wherever it is counted now or was while Redis was away. */
  async clear(hit: Hit): Promise<void> {
    await this.windows.clear(windowOf(hit));
    await this.redis?.clear(windowOf(hit));
  }

  /**
   * Takes one hit back from a window that still runs, never below 0: what was counted was no abuse.
   * `countedAt`: when it was; a window that began since keeps its hits. Never throws, since the caller's act is done:
   * what cannot be given back stays counted.
   */
  async refund(hit: Hit, countedAt = this.clock.now()): Promise<void> {
    try {
      await this.#ask((store) => store.refund(windowOf(hit), this.clock.now(), countedAt));
    } catch (error) {
      this.#logger.warn(`not refunded: ${String(error)}`);
    }
  }

  /**
   * Deletes up to `batch` windows from the database, the longest expired first. Returns how many. Redis expires its
   * own.
   */
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

function windowOf({ limit: { name, max, windowMs }, key }: Hit): LimitWindow {
  const id = createHash('sha256')
    .update(JSON.stringify([name, key]))
    .digest('hex');
  return { id, max, windowMs };
}
