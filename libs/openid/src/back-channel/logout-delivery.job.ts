import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { QueueJob, SECOND } from '@portillon/kernel';
import { LogoutDeliveryService } from './logout-delivery.service';

const EVERY_MS = 2 * SECOND;

/** Notifies the applications that are due, each in a separate queue. */
@Injectable()
export class LogoutDeliveryJob extends QueueJob {
  constructor(private readonly deliveries: LogoutDeliveryService) {
    super();
  }

  @Interval(EVERY_MS)
  run(): Promise<void> {
    return this.openLanes();
  }

  protected due(): Promise<string[]> {
    return this.deliveries.due();
  }

  protected sendSome(applicationId: string): Promise<boolean> {
    return this.deliveries.sendSome(applicationId);
  }
}
