import { Injectable } from '@nestjs/common';
import { LimitRegistry, LimitSubject } from './limit-registry';
import { RateLimiterService } from './rate-limiter.service';

/** A window that runs, and what it has counted. */
export interface CountedLimit extends LimitSubject {
  limit: string;
  hits: number;
  max: number;
  endsAt: Date;
}

/** What the limits have counted of an account, an address or a block: shown and cleared, for the operator. */
@Injectable()
export class CountedLimitService {
  constructor(
    private readonly registry: LimitRegistry,
    private readonly limiter: RateLimiterService,
  ) {}

  async list(subjects: readonly LimitSubject[]): Promise<CountedLimit[]> {
    const counted: CountedLimit[] = [];
    for (const subject of subjects)
      for (const { limit, hits, endsAt } of await this.limiter.running(this.registry.hitsOf(subject)))
        counted.push({ ...subject, limit: limit.name, hits, max: limit.max, endsAt });
    return counted;
  }

  /** Forgets what was counted: the next hit is the first. A committed act of its own; call it inside no transaction. */
  clear(subjects: readonly LimitSubject[]): Promise<void> {
    return this.limiter.clear(subjects.flatMap((subject) => this.registry.hitsOf(subject)));
  }
}
