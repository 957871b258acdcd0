import { Injectable, Optional } from '@nestjs/common';
import { findAnswer, Finding, FindingSource, NOT_SET, presentedCertificates } from '@portillon/kernel';
import { RateLimiterService } from './rate-limiter.service';
import { RedisConnection } from './redis-connection';

/** Checks Redis, where it is configured to count the limits. */
@Injectable()
export class RedisFindings implements FindingSource {
  readonly subject = 'redis';

  constructor(
    private readonly limiter: RateLimiterService,
    @Optional() private readonly connection?: RedisConnection,
  ) {}

  async find(): Promise<Finding> {
    if (!this.limiter.usesRedis) return NOT_SET;
    const found = await findAnswer('REDIS_URL', () => this.limiter.pingRedis());
    if (found.state === 'well') return found;
    const advice = `${found.advice}; the database counts the limits meanwhile`;
    return { ...found, state: 'warning', advice };
  }

  certificates() {
    return presentedCertificates(this.connection?.tlsEndpoints ?? []);
  }
}
