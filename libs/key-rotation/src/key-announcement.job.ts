import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ScheduledJob, SECOND } from '@portillon/kernel';
import { KeyAnnouncementService } from './key-announcement.service';

/** Short enough that two turns may fail before an announcement expires. */
const EVERY_MS = 20 * SECOND;

/** Renews the announcement of a running process. */
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
