import { Injectable } from '@nestjs/common';
import { LimitRegistry } from './limit-registry';
import type { CountedLimit, LimitCounts, LimitSubject } from './limit.types';
import { RateLimiterService } from './rate-limiter.service';

/** Counts of running windows. */
@Injectable()
export class WindowCountsService implements LimitCounts {
  constructor(
    private readonly registry: LimitRegistry,
    private readonly limiter: RateLimiterService,
  ) {}

  async list(subject: LimitSubject): Promise<CountedLimit[]> {
    const counted: CountedLimit[] = [];
    for (const hit of this.registry.hitsOf(subject)) {
      const running = await this.limiter.running(hit);
      if (running) counted.push({ ...subject, limit: hit.limit.name, max: hit.limit.max, ...running });
    }
    return counted;
  }

  async clear(subject: LimitSubject): Promise<void> {
    for (const hit of this.registry.hitsOf(subject)) await this.limiter.clear(hit);
  }
}
