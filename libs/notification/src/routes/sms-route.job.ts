import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { MINUTE, ScheduledJob } from '@portillon/kernel';
import { SmsRouteService } from './sms-route.service';

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
