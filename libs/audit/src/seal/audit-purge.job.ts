import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock, DAY, PURGE_EVERY_MS, purgeAll, ScheduledJob, shift } from '@portillon/kernel';
import { AuditSealService } from './audit-seal.service';

/** CNIL 2021-122: logs are kept 6 to 12 months. */
export const JOURNAL_KEPT_MS = 365 * DAY;

/** Deletes the lines of the journal that were kept long enough; their seals stay. */
@Injectable()
export class AuditPurgeJob extends ScheduledJob {
  constructor(
    private readonly seals: AuditSealService,
    private readonly clock: Clock,
  ) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    const oldest = shift(this.clock.now(), -JOURNAL_KEPT_MS);
    return this.turn(() => purgeAll({ journal: (batch) => this.seals.purge(oldest, batch) }, this.logger));
  }
}
