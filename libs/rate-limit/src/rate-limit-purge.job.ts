import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { RateLimiterService } from './rate-limiter.service';

/** Deletes expired windows. */
@Injectable()
export class RateLimitPurgeJob extends PurgeJob {
  constructor(limiter: RateLimiterService) {
    super({ limits: limiter });
  }
}
