import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PURGE_EVERY_MS, purgeAll, ScheduledJob } from '@portillon/kernel';
import { RateLimiterService } from './rate-limiter.service';

/** Deletes the windows that are over. */
@Injectable()
export class RateLimitPurgeJob extends ScheduledJob {
  constructor(private readonly limiter: RateLimiterService) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() =>
      purgeAll(
        {
          limits: (batch) => this.limiter.purge(batch),
        },
        this.logger,
      ),
    );
  }
}
