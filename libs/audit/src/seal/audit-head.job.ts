import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Interval, Timeout } from '@nestjs/schedule';
import { HOUR, ScheduledJob } from '@portillon/kernel';
import { AuditSealService } from './audit-seal.service';

/**
 * Logs the head of the journal: the log is outside the database, so the head can be compared with it. It also logs at
 * start and stop, since instances that come and go may live for less than an hour.
 */
@Injectable()
export class AuditHeadJob extends ScheduledJob implements BeforeApplicationShutdown {
  #hasStarted = false;

  constructor(private readonly seals: AuditSealService) {
    super();
  }

  @Timeout(0)
  start(): Promise<void> {
    this.#hasStarted = true;
    return this.run();
  }

  @Interval(HOUR)
  run(): Promise<void> {
    return this.turn(async () => {
      const { head } = await this.seals.state();
      if (head) this.logger.log(`journal sealed up to ${head.sequence}:${head.digest}`);
    });
  }

  /** Only in a process that runs jobs, not in a command. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.#hasStarted) await this.run();
  }
}
