import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { NoticeService } from './notices/notice.service';
import { NotificationService } from './notification.service';

/** Deletes the delivery log after 30 days, and notices that were sent. */
@Injectable()
export class NotificationPurgeJob extends PurgeJob {
  constructor(notifications: NotificationService, notices: NoticeService) {
    super({ notifications, notices });
  }
}
