import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { QueueJob, SECOND, Clock, DAY, addMilliseconds } from '@portillon/kernel';
import { PurgeJob } from '@portillon/persistence';
import { WebhookDeliveryRepository } from './webhook-delivery.repository';
import { WebhookDeliveryService } from './webhook-delivery.service';

const SEND_EVERY_MS = 2 * SECOND;

export const DELIVERIES_KEPT_MS = 30 * DAY;

/** Sends queued deliveries, each endpoint in a separate queue. */
@Injectable()
export class WebhookDispatchJob extends QueueJob {
  constructor(private readonly delivery: WebhookDeliveryService) {
    super();
  }

  @Interval(SEND_EVERY_MS)
  run(): Promise<void> {
    return this.openLanes();
  }

  protected due(): Promise<string[]> {
    return this.delivery.due();
  }

  protected sendSome(endpointId: string): Promise<boolean> {
    return this.delivery.sendSome(endpointId);
  }
}

/** Deletes settled deliveries 30 days after their creation. */
@Injectable()
export class WebhookPurgeJob extends PurgeJob {
  constructor(deliveries: WebhookDeliveryRepository, clock: Clock) {
    const oldest = () => addMilliseconds(clock.now(), -DELIVERIES_KEPT_MS);
    super({ webhookDeliveries: { purge: (batch) => deliveries.deleteSettledBefore(oldest(), batch) } });
  }
}
