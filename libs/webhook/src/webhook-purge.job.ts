import { Injectable } from '@nestjs/common';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import { PurgeJob } from '@portillon/persistence';
import { WebhookDeliveryRepository } from './webhook-delivery.repository';

export const DELIVERIES_KEPT_MS = 30 * DAY;

/** Deletes settled deliveries 30 days after their creation. */
@Injectable()
export class WebhookPurgeJob extends PurgeJob {
  constructor(deliveries: WebhookDeliveryRepository, clock: Clock) {
    const oldest = () => addMilliseconds(clock.now(), -DELIVERIES_KEPT_MS);
    super({ webhookDeliveries: { purge: (batch) => deliveries.deleteSettledBefore(oldest(), batch) } });
  }
}
