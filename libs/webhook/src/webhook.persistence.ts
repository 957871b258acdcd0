import type { PersistencePart } from '@portillon/persistence';
import { CreateWebhook1764000013001 } from './migrations/1764000013001-create-webhook';
import { WebhookDeliveryEntity } from './webhook-delivery.entity';
import { WebhookEndpointEntity } from './webhook-endpoint.entity';

/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const webhookPersistence: PersistencePart = {
  entities: [WebhookEndpointEntity, WebhookDeliveryEntity],
  migrations: [CreateWebhook1764000013001],
  keyed: [{ entity: WebhookEndpointEntity, property: 'sealedSecret', what: 'webhook secrets' }],
  afterRestore: { emptied: [WebhookDeliveryEntity], kept: [WebhookEndpointEntity] },
};
