import { Injectable, BeforeApplicationShutdown } from '@nestjs/common';
import { Interval, Timeout } from '@nestjs/schedule';
import { ScheduledJob, SECOND, HOUR, Clock, addMilliseconds, MINUTE } from '@portillon/kernel';
import { PurgeJob } from '@portillon/persistence';
import { AuditSealService } from './seal/audit-seal.service';
import { AuditPolicy } from './audit.options';
import { ReadingJournalService } from './journal/reading-journal.service';
import { RefusalJournalService } from './journal/refusal-journal.service';

const SEAL_EVERY_MS = 15 * SECOND;
/** Lines wait half a minute, so that quiet hours make few seals, and get their seal within a minute. */
const SEAL_AFTER_MS = 30 * SECOND;

/** Seals new lines of the journal. */
@Injectable()
export class AuditSealJob extends ScheduledJob {
  constructor(private readonly seals: AuditSealService) {
    super();
  }

  @Interval(SEAL_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() => this.seals.seal(SEAL_AFTER_MS));
  }
}

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

/** Deletes lines of the journal after their retention; their seals stay. */
@Injectable()
export class AuditPurgeJob extends PurgeJob {
  constructor(seals: AuditSealService, clock: Clock, policy: AuditPolicy) {
    super({
      journal: { purge: (batch) => seals.purge(addMilliseconds(clock.now(), -policy.keptMs), batch) },
    });
  }
}

/** Deletes the rows of past hours; their lines stay in the journal. */
@Injectable()
export class ReadingPurgeJob extends PurgeJob {
  constructor(readings: ReadingJournalService) {
    super({ readings });
  }
}

/** Records the number of refusals that exceeded the limit of lines. */
@Injectable()
export class RefusalJournalJob extends ScheduledJob {
  constructor(private readonly refusals: RefusalJournalService) {
    super();
  }

  @Interval(MINUTE)
  run(): Promise<void> {
    return this.turn(() => this.refusals.recordEnded());
  }
}
