import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ScheduledJob, SECOND } from '@portillon/kernel';
import { SecurityNoticeService } from './security-notice.service';

const EVERY_MS = 3 * SECOND;
/** As long as there are that many, the next are looked for without waiting. */
const BATCH = 50;

/** Turns the notices that are due into mails. */
@Injectable()
export class SecurityNoticeJob extends ScheduledJob {
  constructor(private readonly notices: SecurityNoticeService) {
    super();
  }

  @Interval(EVERY_MS)
  run(): Promise<void> {
    return this.turn(async () => {
      while ((await this.notices.send(BATCH)) === BATCH);
    });
  }
}
