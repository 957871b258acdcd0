import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PURGE_EVERY_MS, purgeAll, ScheduledJob } from '@portillon/kernel';
import { IdempotencyService } from './idempotency.service';

/** Deletes the answers whose 24 hours are over. */
@Injectable()
export class IdempotencyPurgeJob extends ScheduledJob {
  constructor(private readonly idempotency: IdempotencyService) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() =>
      purgeAll({ 'idempotency keys': (batch) => this.idempotency.purge(batch) }, this.logger),
    );
  }
}
