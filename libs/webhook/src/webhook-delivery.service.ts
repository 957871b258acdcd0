import { Injectable, Logger } from '@nestjs/common';
import { addMilliseconds, Clock, MINUTE, Random, SECOND } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { OutboundResult, OutboundService } from '@portillon/outbound';
import { nextTryAt, wishedPause } from './retry.policy';
import { WebhookDeliveryRepository } from './webhook-delivery.repository';
import type { TryResult, WebhookDeliveryEntity } from './webhook-delivery.repository';
import { WebhookEndpointRepository } from './webhook-endpoint.repository';
import type { WebhookEndpointEntity } from './webhook-endpoint.repository';
import { toEndpoint } from './webhook-endpoint.service';
import { signatureHeaders, WebhookSecretService } from './webhook-secret.service';
import type { DeliveryFailure, GoneWebhookSubscriber } from './webhook.types';

/** Duration of a claim, longer than any try: an older one has lost its process. */
const CLAIM_MS = MINUTE;
/** Number of deliveries that are claimed and sent together. */
const BATCH = 4;

const TIMEOUT_MS = 15 * SECOND;
const GONE = 410;

/** Result of one try, and until when the endpoint asks to wait. */
type WebhookTry = TryResult & { wished?: Date };

/**
 * Sends the deliveries of one endpoint, signed, and records the results. Only a status of 2xx counts as delivered;
 * redirects are not followed.
 */
@Injectable()
export class WebhookDeliveryService {
  readonly #logger = new Logger(WebhookDeliveryService.name);
  readonly #subscribers: GoneWebhookSubscriber[] = [];

  constructor(
    private readonly transactions: Transactions,
    private readonly endpoints: WebhookEndpointRepository,
    private readonly deliveries: WebhookDeliveryRepository,
    private readonly secrets: WebhookSecretService,
    private readonly outbound: OutboundService,
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
    if (!this.secrets.signing(endpoint)) {
      this.#logger.warn(`webhook ${endpointId} is signed with a key that this ring lacks`);
      return false;
    }
    const claimed = await this.deliveries.claim(endpointId, this.newClaim(), this.clock.now(), BATCH);
    await Promise.all(claimed.map((one) => this.send(one, endpoint)));
    return claimed.length === BATCH;
  }

  /** Sends a claimed delivery once. `once`: without a retry. */
  async send(claimed: WebhookDeliveryEntity, endpoint: WebhookEndpointEntity, once = false): Promise<void> {
    const { wished, ...result } = await this.#request(claimed, endpoint);
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

  async #request(
    { id, payload }: WebhookDeliveryEntity,
    endpoint: WebhookEndpointEntity,
  ): Promise<WebhookTry> {
    const secrets = this.secrets.signing(endpoint) ?? [];
    const signed = signatureHeaders({ id, body: payload, at: this.clock.now(), secrets });
    const headers = { ...signed, 'content-type': 'application/json', 'user-agent': 'Portillon-Webhooks' };
    const asked = { method: 'POST', headers, body: payload, timeoutMs: TIMEOUT_MS } as const;
    return tryOf(await this.outbound.send(endpoint.url, asked), this.clock.now());
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

function tryOf(result: OutboundResult, now: Date): WebhookTry {
  if (result.outcome === 'failed') return { lastStatus: null, lastFailure: result.reason };
  const { status, headers } = result;
  const wished = wishedPause(status, headers['retry-after'], now);
  return { lastStatus: status, lastFailure: failureOf(status), ...(wished ? { wished } : {}) };
}

function failureOf(status: number): DeliveryFailure | null {
  if (status >= 200 && status < 300) return null;
  if (status === GONE) return 'gone';
  return status >= 300 && status < 400 ? 'redirected' : 'refused';
}
