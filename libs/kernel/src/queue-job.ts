import type { BeforeApplicationShutdown } from '@nestjs/common';
import { ScheduledJob } from './scheduled-job';

/**
 * Base of jobs that send queued items to recipients. Each recipient has a separate lane, so that one that does not
 * answer delays no other; no turn waits for a lane.
 */
export abstract class QueueJob extends ScheduledJob implements BeforeApplicationShutdown {
  readonly #lanes = new Map<string, Promise<void>>();
  #stopping = false;

  /** Those that something waits for now. */
  protected abstract due(): Promise<string[]>;

  /** Sends a few of what waits for one: whether there may be more. */
  protected abstract sendSome(lane: string): Promise<boolean>;

  /** What was claimed is sent and written down while the database is still there; the rest is left to others. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    await this.settled();
  }

  /** When the lanes that are open now have nothing more to send. */
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
