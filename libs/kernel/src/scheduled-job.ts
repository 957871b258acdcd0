import { Logger } from '@nestjs/common';
import { MINUTE } from './clock';

/**
 * Base of automatic jobs, in turns that `@nestjs/schedule` starts in an application that imports its `ScheduleModule`.
 * In one process no turn begins before the last one has ended. A turn that fails is logged, at most once a minute
 * while all fail; the next one tries again.
 */
export abstract class ScheduledJob {
  protected readonly logger = new Logger(this.constructor.name);
  #running = false;
  #quietUntil = 0;

  protected async turn(work: () => Promise<unknown>): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      await work();
      this.#quietUntil = 0;
    } catch (error) {
      this.#warn(error);
    } finally {
      this.#running = false;
    }
  }

  /** While the database is away, the jobs of each second would fill the log. */
  #warn(error: unknown): void {
    if (performance.now() < this.#quietUntil) return;
    this.#quietUntil = performance.now() + MINUTE;
    this.logger.warn(`put off: ${String(error)}`);
  }
}
