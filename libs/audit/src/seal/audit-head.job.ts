import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Interval, Timeout } from '@nestjs/schedule';
import { HOUR, ScheduledJob } from '@portillon/kernel';
import { AuditSealService } from './audit-seal.service';

/**
 * Tells the head of the journal to the log: a place outside of the database, to compare with. At the start and at the stop
 * too, since no process may live for an hour where instances come and go.
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

  /** Not of a command, which runs no jobs. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.#hasStarted) await this.run();
  }
}
