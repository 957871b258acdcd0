import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { RateLimiterService } from '@portillon/rate-limit';
import { PATIENCE_MS } from './health.options';

/** Where the limits are counted, when that is not the database. */
@Injectable()
export class RedisHealthIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly limiter: RateLimiterService,
  ) {}

  answers(key: string) {
    const check = this.indicators.check(key);
    if (!this.limiter.usesRedis) return check.up({ off: true });
    return check.attempt(() => this.limiter.pingRedis()).withTimeout(PATIENCE_MS);
  }
}
