import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ScheduledJob, SECOND } from '@portillon/kernel';
import { KeyAnnouncementService } from './key-announcement.service';

/** Often enough that two turns may fail before an announcement is over. */
const EVERY_MS = 20 * SECOND;

/** Keeps the announcement of a running process good. */
@Injectable()
export class KeyAnnouncementJob extends ScheduledJob {
  constructor(private readonly announcements: KeyAnnouncementService) {
    super();
  }

  @Interval(EVERY_MS)
  run(): Promise<void> {
    return this.turn(() => this.announcements.renew());
  }
}
