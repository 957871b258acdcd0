import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PURGE_EVERY_MS, purgeAll, ScheduledJob } from '@portillon/kernel';
import { NoticeService } from './notices/notice.service';
import { NotificationService } from './notification.service';

/** Deletes the delivery log after 30 days, and notices that were sent. */
@Injectable()
export class NotificationPurgeJob extends ScheduledJob {
  constructor(
    private readonly notifications: NotificationService,
    private readonly notices: NoticeService,
  ) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() =>
      purgeAll(
        {
          notifications: (batch) => this.notifications.purge(batch),
          notices: (batch) => this.notices.purge(batch),
        },
        this.logger,
      ),
    );
  }
}
