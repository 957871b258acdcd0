import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ScheduledJob, SECOND } from '@portillon/kernel';
import { AuditSealService } from './audit-seal.service';

const SEAL_EVERY_MS = 15 * SECOND;
/** Lines wait half a minute, so that quiet hours make few seals, and get their seal within a minute. */
const SEAL_AFTER_MS = 30 * SECOND;

/** Seals new lines of the journal. */
@Injectable()
export class AuditSealJob extends ScheduledJob {
  constructor(private readonly seals: AuditSealService) {
    super();
  }

  @Interval(SEAL_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() => this.seals.seal(SEAL_AFTER_MS));
  }
}
