import { Injectable } from '@nestjs/common';
import { Interval, Timeout } from '@nestjs/schedule';
import { ScheduledJob, SECOND } from '@portillon/kernel';
import { HealthService } from './health.service';

/** Checks the dependencies of an instance at its start and every 5 s, so that a probe gets an answer without delay. */
@Injectable()
export class ReadinessJob extends ScheduledJob {
  constructor(private readonly health: HealthService) {
    super();
  }

  @Timeout(0)
  start(): Promise<void> {
    return this.run();
  }

  @Interval(5 * SECOND)
  run(): Promise<void> {
    return this.turn(() => this.health.check());
  }
}
