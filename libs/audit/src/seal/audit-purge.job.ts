import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock, PURGE_EVERY_MS, purgeAll, ScheduledJob, shift } from '@portillon/kernel';
import { AuditPolicy } from '../audit.policy';
import { AuditSealService } from './audit-seal.service';

/** Deletes the lines of the journal that were kept long enough; their seals stay. */
@Injectable()
export class AuditPurgeJob extends ScheduledJob {
  constructor(
    private readonly seals: AuditSealService,
    private readonly clock: Clock,
    private readonly policy: AuditPolicy,
  ) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    const oldest = shift(this.clock.now(), -this.policy.keptMs);
    return this.turn(() => purgeAll({ journal: (batch) => this.seals.purge(oldest, batch) }, this.logger));
  }
}
