import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ScheduledJob, SECOND } from '@portillon/kernel';
import { LogoutDeliveryService } from './logout-delivery.service';

const EVERY_MS = 2 * SECOND;

/** Tells the applications that are still to be told. */
@Injectable()
export class LogoutDeliveryJob extends ScheduledJob {
  constructor(private readonly deliveries: LogoutDeliveryService) {
    super();
  }

  @Interval(EVERY_MS)
  run(): Promise<void> {
    return this.turn(() => this.deliveries.deliverDue());
  }
}
