import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { IdempotencyModule } from '@portillon/idempotency';
import { PersistenceModule } from '@portillon/persistence';
import { webhooksJournal } from './webhooks.journal';
import { AdministeredWebhookService } from './administered-webhook.service';
import { GoneWebhookJournalService } from './gone-webhook-journal.service';
import { SessionEndPublisherService } from './session-end-publisher.service';
import { WebhookDeliveryActService } from './webhook-delivery-act.service';
import { WebhookDeliveryController } from './webhook-delivery.controller';
import { WebhookPublisherService } from './webhook-publisher.service';
import { WebhookRegistrationService } from './webhook-registration.service';
import { WebhookController } from './webhook.controller';

/** Webhooks: registration, deliveries, and what is published of the journal. */
@Module({
  imports: [PersistenceModule, IdempotencyModule],
  controllers: [WebhookController, WebhookDeliveryController],
  providers: [
    registerJournal(webhooksJournal),
    AdministeredWebhookService,
    GoneWebhookJournalService,
    SessionEndPublisherService,
    WebhookDeliveryActService,
    WebhookPublisherService,
    WebhookRegistrationService,
  ],
  exports: [WebhookRegistrationService],
})
export class WebhooksModule {}
