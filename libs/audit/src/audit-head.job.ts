import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { HOUR, ScheduledJob } from '@portillon/kernel';
import { AuditSealService } from './audit-seal.service';

/** Tells the head of the journal to the log: a place outside of the database, to compare with. */
@Injectable()
export class AuditHeadJob extends ScheduledJob {
  constructor(private readonly seals: AuditSealService) {
    super();
  }

  @Interval(HOUR)
  run(): Promise<void> {
    return this.turn(async () => {
      const { head } = await this.seals.state();
      if (head) this.logger.log(`journal sealed up to ${head.sequence}:${head.digest}`);
    });
  }
}
