import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ScheduledJob, SECOND, MINUTE } from '@portillon/kernel';
import { PurgeJob } from '@portillon/persistence';
import { DispatcherService } from './dispatcher.service';
import { ChannelService } from './channels/channel.service';
import { SmsRouteService } from './routes/sms-route.service';
import { NoticeService } from './notices/notice.service';
import { NotificationService } from './notification.service';

const DISPATCH_EVERY_MS = 2 * SECOND;
const PROBE_EVERY_MS = 10 * SECOND;
/** After a full batch the job looks for the next one without waiting. */
const BATCH = 50;

/** Sends queued messages, and ends the claims of dead processes. */
@Injectable()
export class DispatchJob extends ScheduledJob {
  constructor(private readonly dispatcher: DispatcherService) {
    super();
  }

  @Interval(DISPATCH_EVERY_MS)
  run(): Promise<void> {
    return this.turn(async () => {
      while ((await this.dispatcher.dispatchPending(BATCH)) === BATCH);
    });
  }
}

/** Detects that mail or SMS are available again, so that no person's message has to test it. */
@Injectable()
export class ChannelProbeJob extends ScheduledJob {
  constructor(private readonly channels: ChannelService) {
    super();
  }

  @Interval(PROBE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() => this.channels.probe());
  }
}

/** Finds the provider of SMS whose codes are not entered any more. */
@Injectable()
export class SmsRouteJob extends ScheduledJob {
  constructor(private readonly routes: SmsRouteService) {
    super();
  }

  @Interval(MINUTE)
  run(): Promise<void> {
    return this.turn(() => this.routes.review());
  }
}

/** Deletes the delivery log after 30 days, and notices that were sent. */
@Injectable()
export class NotificationPurgeJob extends PurgeJob {
  constructor(notifications: NotificationService, notices: NoticeService) {
    super({ notifications, notices });
  }
}
