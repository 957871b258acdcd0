import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ScheduledJob, SECOND } from '@portillon/kernel';
import { WebhookDeliveryService } from './webhook-delivery.service';

const EVERY_MS = 2 * SECOND;

/** Sends what waits. Each endpoint has a lane of its own, so that one that does not answer holds up no other. */
@Injectable()
export class WebhookDispatchJob extends ScheduledJob implements BeforeApplicationShutdown {
  readonly #lanes = new Map<string, Promise<void>>();
  #stopping = false;

  constructor(private readonly delivery: WebhookDeliveryService) {
    super();
  }

  @Interval(EVERY_MS)
  run(): Promise<void> {
    return this.turn(async () => {
      for (const endpointId of await this.delivery.due()) this.#open(endpointId);
    });
  }

  /** What was claimed is sent and written down while the database is still there; the rest is left to others. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    await this.settled();
  }

  /** When the lanes that are open now have nothing more to send. */
  async settled(): Promise<void> {
    await Promise.all(this.#lanes.values());
  }

  #open(endpointId: string): void {
    if (this.#stopping || this.#lanes.has(endpointId)) return;
    const lane = this.#work(endpointId).finally(() => this.#lanes.delete(endpointId));
    this.#lanes.set(endpointId, lane);
  }

  async #work(endpointId: string): Promise<void> {
    try {
      while (!this.#stopping && (await this.delivery.sendSome(endpointId)));
    } catch (error) {
      this.logger.warn(`put off: ${String(error)}`);
    }
  }
}
