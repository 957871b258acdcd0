import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { QueueJob, SECOND } from '@portillon/kernel';
import { WebhookDeliveryService } from './webhook-delivery.service';

const EVERY_MS = 2 * SECOND;

/** Sends queued deliveries, each endpoint in a separate lane. */
@Injectable()
export class WebhookDispatchJob extends QueueJob {
  constructor(private readonly delivery: WebhookDeliveryService) {
    super();
  }

  @Interval(EVERY_MS)
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
