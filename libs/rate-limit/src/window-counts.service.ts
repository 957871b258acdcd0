import { Injectable } from '@nestjs/common';
import { LimitRegistry } from './limit-registry';
import type { CountedLimit, LimitCounts, LimitSubject } from './limit.types';
import { RateLimiterService } from './rate-limiter.service';

/** What was counted in windows that run. */
@Injectable()
export class WindowCountsService implements LimitCounts {
  constructor(
    private readonly registry: LimitRegistry,
    private readonly limiter: RateLimiterService,
  ) {}

  async list(subject: LimitSubject): Promise<CountedLimit[]> {
    const running = await this.limiter.running(this.registry.hitsOf(subject));
    return running.map(({ limit, hits, endsAt }) => ({
      ...subject,
      limit: limit.name,
      hits,
      max: limit.max,
      endsAt,
    }));
  }

  clear(subject: LimitSubject): Promise<void> {
    return this.limiter.clear(this.registry.hitsOf(subject));
  }
}
