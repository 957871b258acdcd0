import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { RateLimiterService } from './rate-limiter.service';

/** Deletes the windows that are over. */
@Injectable()
export class RateLimitPurgeJob extends PurgeJob {
  constructor(limiter: RateLimiterService) {
    super({ limits: limiter });
  }
}
