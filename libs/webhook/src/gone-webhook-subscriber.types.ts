import type { EntityManager } from 'typeorm';
import type { WebhookEndpoint } from './webhook.types';

/**
 * Acts on an endpoint that answered 410, in the transaction that disables it. Add it with {@link
 * WebhookDeliveryService.subscribe}.
 */
export interface GoneWebhookSubscriber {
  webhookGone(endpoint: WebhookEndpoint, tx: EntityManager): Promise<unknown>;
}
