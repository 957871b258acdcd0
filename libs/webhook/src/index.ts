export type { GoneWebhookSubscriber } from './webhook.types';
export { WebhookDeliveryService } from './webhook-delivery.service';
export { WebhookEndpointService } from './webhook-endpoint.service';
export { WebhookModule } from './webhook.module';
export { WebhookOutboxService } from './webhook-outbox.service';
export { webhookPersistence } from './webhook.persistence';
export { WebhookTestService } from './webhook-test.service';
export { DELIVERY_STATES, WEBHOOK_EVENTS } from './webhook.types';
export type {
  DeliveryState,
  NewWebhook,
  WebhookChanges,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEvent,
  WebhookEventType,
  WebhookPage,
} from './webhook.types';
export type {} from './webhook.errors';
export type {} from './webhook.findings';
