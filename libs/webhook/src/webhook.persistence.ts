import { internal, persistencePart, personal, secret, table } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { CreateWebhook1764000013001 } from './migrations/1764000013001-create-webhook';
import { WebhookDeliveryEntity } from './webhook-delivery.repository';
import { WebhookEndpointEntity } from './webhook-endpoint.repository';
import { DELIVERIES_KEPT_MS } from './webhook.job';

/** The tables of this library, for `PersistenceModule.forRoot({ parts })`. */
export const webhookPersistence: PersistencePart = persistencePart({
  tables: [
    table(WebhookEndpointEntity, {
      purpose: 'Where events are sent.',
      kept: 'until an administrator deletes it',
      afterRestore: 'kept',
      columns: [
        internal('id structureId name url events status disabledReason previousSecretUntil version'),
        internal('createdAt updatedAt'),
        secret('service', 'sealedSecret previousSealedSecret'),
      ],
    }),
    table(WebhookDeliveryEntity, {
      purpose: 'What was sent to a webhook, and whether it was received.',
      kept: '{after} after it was made',
      durations: { after: DELIVERIES_KEPT_MS },
      stated: { 'webhook-deliveries': 'after' },
      afterRestore: 'emptied',
      afterLoss: 'kept',
      columns: [
        internal('id endpointId type state attempts dueAt claimedBy lastStatus lastFailure createdAt'),
        internal('settledAt'),
        personal('recipients.recipientsTold', 'payload'),
      ],
    }),
  ],
  migrations: [CreateWebhook1764000013001],
  keyed: [{ entity: WebhookEndpointEntity, property: 'sealedSecret', what: 'webhook secrets' }],
  personalData: { none: 'A delivery holds ids of accounts, which an erasure makes pseudonyms.' },
});
