import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock, DAY, PURGE_EVERY_MS, purgeAll, ScheduledJob, shift } from '@portillon/kernel';
import { WebhookDeliveryRepository } from './webhook-delivery.repository';

export const DELIVERIES_KEPT_MS = 30 * DAY;

/** Deletes deliveries that ended, 30 days after they were made. */
@Injectable()
export class WebhookPurgeJob extends ScheduledJob {
  constructor(
    private readonly deliveries: WebhookDeliveryRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    const old = (batch: number) =>
      this.deliveries.deleteSettledBefore(shift(this.clock.now(), -DELIVERIES_KEPT_MS), batch);
    return this.turn(() => purgeAll({ webhookDeliveries: old }, this.logger));
  }
}
