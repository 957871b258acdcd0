import { Logger } from '@nestjs/common';

/**
 * What a lib does by itself, in turns that `@nestjs/schedule` starts in an application that imports its `ScheduleModule`.
 * In one process no turn begins before the last one has ended; a turn that fails is logged, and the next one tries again.
 */
export abstract class ScheduledJob {
  protected readonly logger = new Logger(this.constructor.name);
  #running = false;

  protected async turn(work: () => Promise<unknown>): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      await work();
    } catch (error) {
      this.logger.warn(`put off: ${String(error)}`);
    } finally {
      this.#running = false;
    }
  }
}
