import { Injectable } from '@nestjs/common';
import { LimitRegistry } from './limit-registry';
import type { CountedLimit, LimitSubject } from './limit.types';
import { RateLimiterService } from './rate-limiter.service';

/** Lists and clears, for an operator, the counts of an account, an address or a block, in windows and in tables. */
@Injectable()
export class CountedLimitService {
  constructor(
    private readonly registry: LimitRegistry,
    private readonly limiter: RateLimiterService,
  ) {}

  async list(subjects: readonly LimitSubject[]): Promise<CountedLimit[]> {
    const counted: CountedLimit[] = [];
    for (const subject of subjects) {
      counted.push(...(await this.#inWindows(subject)));
      for (const counts of this.registry.counts) counted.push(...(await counts.list(subject)));
    }
    return counted;
  }

  /** Commits separately; call it outside a transaction. */
  async clear(subjects: readonly LimitSubject[]): Promise<void> {
    for (const subject of subjects) {
      for (const hit of this.registry.hitsOf(subject)) await this.limiter.clear(hit);
      for (const counts of this.registry.counts) await counts.clear(subject);
    }
  }

  async #inWindows(subject: LimitSubject): Promise<CountedLimit[]> {
    const counted: CountedLimit[] = [];
    for (const hit of this.registry.hitsOf(subject)) {
      const running = await this.limiter.running(hit);
      if (running) counted.push({ ...subject, limit: hit.limit.name, max: hit.limit.max, ...running });
    }
    return counted;
  }
}
