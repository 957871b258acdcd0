import { setTimeout as pause } from 'node:timers/promises';
import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ScheduledJob, SECOND } from '@portillon/kernel';
import { AuditStreamService } from './audit-stream.service';

/** A connection that is still open after this time was not broken by the last lines. */
const TURN_MS = 5 * SECOND;
/** Time limit of the last turn, so that a hanging collector does not delay the end of the process. */
const LAST_TURN_MS = 2 * SECOND;

/** Streams the journal to its collector. */
@Injectable()
export class AuditStreamJob extends ScheduledJob implements BeforeApplicationShutdown {
  /** The latest turn; undefined in a command, which runs no jobs. */
  #latest?: Promise<void>;
  #isEnding = false;

  constructor(private readonly stream: AuditStreamService) {
    super();
  }

  @Interval(TURN_MS)
  async run(): Promise<void> {
    if (this.#isEnding) return;
    await this.turn(() => (this.#latest = this.stream.run()));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#isEnding = true;
    if (!this.#latest) return;
    const last = this.#latest.then(() => this.stream.end()).catch(() => undefined);
    await Promise.race([last, pause(LAST_TURN_MS, undefined, { ref: false })]);
    this.stream.letGo();
  }
}
