import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PURGE_EVERY_MS, purgeAll, ScheduledJob } from '@portillon/kernel';
import { NoticeBook } from './notice-book';
import { Notifications } from './notifications';

/** Deletes the delivery log after 30 days, and notices that were sent. */
@Injectable()
export class NotificationPurgeJob extends ScheduledJob {
  constructor(
    private readonly notifications: Notifications,
    private readonly notices: NoticeBook,
  ) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() =>
      purgeAll(
        {
          notifications: (batch) => this.notifications.purge(batch),
          noticeBook: (batch) => this.notices.purge(batch),
        },
        this.logger,
      ),
    );
  }
}
