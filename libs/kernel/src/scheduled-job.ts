import { Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
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

  /** Handles each item, one after the other. One that fails is logged under its name, and holds up none after it. */
  protected async each<Item>(
    items: readonly Item[],
    nameOf: (item: Item) => string,
    work: (item: Item) => Promise<unknown>,
  ): Promise<void> {
    for (const item of items)
      await work(item).catch((error: unknown) =>
        this.logger.warn(`${nameOf(item)} put off: ${String(error)}`),
      );
  }

  /** While the database is away, the jobs of each second would fill the log. */
  #warn(error: unknown): void {
    if (performance.now() < this.#quietUntil) return;
    this.#quietUntil = performance.now() + MINUTE;
    this.logger.warn(`put off: ${String(error)}`);
  }
}

/**
 * Base of jobs that send queued items to recipients. Each recipient has a separate lane, so that one that does not
 * answer delays no other; no turn waits for a lane.
 */
export abstract class QueueJob extends ScheduledJob implements BeforeApplicationShutdown {
  readonly #lanes = new Map<string, Promise<void>>();
  #stopping = false;

  /** Recipients with queued items now. */
  protected abstract due(): Promise<string[]>;

  /** Sends a few of one recipient's items. Returns whether there may be more. */
  protected abstract sendSome(lane: string): Promise<boolean>;

  /** Sends and records claimed items while the database is still open; leaves the rest to other instances. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    await this.settled();
  }

  /** Resolves when the lanes that are open now have nothing more to send. */
  async settled(): Promise<void> {
    await Promise.all(this.#lanes.values());
  }

  protected openLanes(): Promise<void> {
    return this.turn(async () => {
      for (const lane of await this.due()) this.#open(lane);
    });
  }

  #open(lane: string): void {
    if (this.#stopping || this.#lanes.has(lane)) return;
    const work = this.#work(lane).finally(() => this.#lanes.delete(lane));
    this.#lanes.set(lane, work);
  }

  async #work(lane: string): Promise<void> {
    try {
      while (!this.#stopping && (await this.sendSome(lane)));
    } catch (error) {
      this.logger.warn(`put off: ${String(error)}`);
    }
  }
}
