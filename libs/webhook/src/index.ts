export type { GoneWebhookSubscriber } from './gone-webhook-subscriber.types';
export { WebhookDeliveryService } from './webhook-delivery.service';
export { WebhookEndpointService } from './webhook-endpoint.service';
export { WebhookModule } from './webhook.module';
export { WebhookOutboxService } from './webhook-outbox.service';
export { webhookPersistence } from './webhook.persistence';
export { WebhookTestService } from './webhook-test.service';
export { DELIVERY_STATES, WEBHOOK_EVENTS } from './webhook.types';
export type {
  DeliveryPage,
  DeliveryState,
  NewWebhook,
  WebhookChanges,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEvent,
  WebhookEventType,
  WebhookHealth,
  WebhookPage,
} from './webhook.types';
export { DELIVERIES_KEPT_MS } from './webhook-purge.job';
export { webhookErrors } from './webhook.errors';
export type {} from './webhook.findings';
