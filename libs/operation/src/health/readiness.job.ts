import { Injectable } from '@nestjs/common';
import { Interval, Timeout } from '@nestjs/schedule';
import { ScheduledJob, SECOND } from '@portillon/kernel';
import { HealthService } from './health.service';

/** Looks at all that an instance needs at its start and every 5 s, so that a probe is told without waiting for any of it. */
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
