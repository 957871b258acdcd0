import { setTimeout as pause } from 'node:timers/promises';
import { BeforeApplicationShutdown, Injectable, Optional } from '@nestjs/common';
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

  /** `stream`: absent without a collector. */
  constructor(@Optional() private readonly stream?: AuditStreamService) {
    super();
  }

  @Interval(TURN_MS)
  async run(): Promise<void> {
    const { stream } = this;
    if (!stream || this.#isEnding) return;
    await this.turn(() => (this.#latest = stream.run()));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#isEnding = true;
    const { stream } = this;
    if (!stream || !this.#latest) return;
    const last = this.#latest.then(() => stream.end()).catch(() => undefined);
    await Promise.race([last, pause(LAST_TURN_MS, undefined, { ref: false })]);
    stream.letGo();
  }
}
