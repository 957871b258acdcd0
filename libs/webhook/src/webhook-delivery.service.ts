import { Injectable, Logger } from '@nestjs/common';
import { Clock, MINUTE, Random, addMilliseconds } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { GoneWebhookSubscriber } from './gone-webhook-subscriber.types';
import { nextTryAt } from './retry.policy';
import type { WebhookDeliveryEntity } from './webhook-delivery.entity';
import { WebhookDeliveryRepository } from './webhook-delivery.repository';
import type { WebhookEndpointEntity } from './webhook-endpoint.entity';
import { WebhookEndpointRepository } from './webhook-endpoint.repository';
import { toEndpoint } from './webhook-endpoint.service';
import { WebhookRequestService } from './webhook-request.service';

/** Duration of a claim, longer than any try: an older one has lost its process. */
const CLAIM_MS = MINUTE;
/** Number of deliveries that are claimed and sent together. */
const BATCH = 4;

/** Sends the deliveries of one endpoint, and records the results. */
@Injectable()
export class WebhookDeliveryService {
  readonly #logger = new Logger(WebhookDeliveryService.name);
  readonly #subscribers: GoneWebhookSubscriber[] = [];

  constructor(
    private readonly transactions: Transactions,
    private readonly endpoints: WebhookEndpointRepository,
    private readonly deliveries: WebhookDeliveryRepository,
    private readonly requests: WebhookRequestService,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Adds a subscriber. Call it when the application starts. */
  subscribe(subscriber: GoneWebhookSubscriber): void {
    this.#subscribers.push(subscriber);
  }

  /** Endpoints with due deliveries. First releases the claims of dead processes. */
  async due(): Promise<string[]> {
    const now = this.clock.now();
    await this.deliveries.releaseDead(now);
    return this.deliveries.dueEndpoints(now);
  }

  /** Sends a few due deliveries of an endpoint. Returns whether there may be more. */
  async sendSome(endpointId: string): Promise<boolean> {
    const endpoint = await this.endpoints.find(endpointId);
    if (endpoint?.status !== 'active') {
      await this.deliveries.failWaiting(endpointId, this.clock.now());
      return false;
    }
    // An instance that has the key of the secret sends them.
    if (!this.requests.canSign(endpoint)) {
      this.#logger.warn(`webhook ${endpointId} is signed with a key that this ring lacks`);
      return false;
    }
    const claimed = await this.deliveries.claim(endpointId, this.newClaim(), this.clock.now(), BATCH);
    await Promise.all(claimed.map((one) => this.send(one, endpoint)));
    return claimed.length === BATCH;
  }

  /** Sends a claimed delivery once. `once`: without a retry. */
  async send(claimed: WebhookDeliveryEntity, endpoint: WebhookEndpointEntity, once = false): Promise<void> {
    const { wished, ...result } = await this.requests.send(claimed, endpoint);
    const now = this.clock.now();
    if (result.lastFailure === null) return this.deliveries.settle(claimed, 'delivered', result, now);
    if (result.lastFailure === 'gone') await this.#disable(endpoint, now);
    const nextAt =
      once || result.lastFailure === 'gone'
        ? undefined
        : nextTryAt(claimed.attempts, now, wished, this.random.fraction());
    if (nextAt) await this.deliveries.postpone(claimed, result, nextAt);
    else await this.deliveries.settle(claimed, 'failed', result, now);
  }

  newClaim() {
    return { by: this.random.id(), endsAt: addMilliseconds(this.clock.now(), CLAIM_MS) };
  }

  /** Disables an endpoint that is gone for good. Of several concurrent deliveries, one notifies the subscribers. */
  async #disable(endpoint: WebhookEndpointEntity, now: Date): Promise<void> {
    const { id, name } = endpoint;
    await this.transactions.run(async (tx) => {
      if (await this.endpoints.disable(id, 'gone', now, tx))
        for (const subscriber of this.#subscribers) await subscriber.webhookGone(toEndpoint(endpoint), tx);
      await this.deliveries.failWaiting(id, now, tx);
    });
    this.#logger.warn(`webhook ${id} (${JSON.stringify(name)}) answered 410 and is disabled`);
  }
}
