import { Injectable } from '@nestjs/common';
import { AppError, Clock } from '@portillon/kernel';
import { WebhookDeliveryRepository } from './webhook-delivery.repository';
import { WebhookDeliveryService } from './webhook-delivery.service';
import { WebhookEndpointRepository } from './webhook-endpoint.repository';
import { payloadOf, toDelivery, WebhookOutboxService } from './webhook-outbox.service';
import type { WebhookDelivery } from './webhook.types';

/** The type of a test; no endpoint subscribes to it. */
const TEST = 'webhook.test';

/** Tests at once whether an endpoint accepts events. */
@Injectable()
export class WebhookTestService {
  constructor(
    private readonly endpoints: WebhookEndpointRepository,
    private readonly deliveries: WebhookDeliveryRepository,
    private readonly outbox: WebhookOutboxService,
    private readonly delivery: WebhookDeliveryService,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends one event, without retries, and returns the result; nothing without the endpoint. @throws AppError
   * `webhook.disabled`
   */
  async send(endpointId: string): Promise<WebhookDelivery | undefined> {
    const endpoint = await this.endpoints.find(endpointId);
    if (!endpoint) return undefined;
    if (endpoint.status === 'disabled') throw new AppError('webhook.disabled');
    const { by: claimedBy, endsAt: dueAt } = this.delivery.newClaim();
    const payload = payloadOf(TEST, this.clock.now(), { endpointId });
    const waiting = this.outbox.newDelivery(endpointId, TEST, payload);
    const claimed = { ...waiting, state: 'sending', attempts: 1, claimedBy, dueAt } as const;
    await this.deliveries.insert([claimed]);
    await this.delivery.send(claimed, endpoint, true);
    return toDelivery((await this.deliveries.find(claimed.id))!);
  }
}
