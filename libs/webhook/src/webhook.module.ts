import { OutboundModule } from '@portillon/outbound';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ErrorsModule, registerFindings } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { WebhookDeliveryRepository } from './webhook-delivery.repository';
import { WebhookDeliveryService } from './webhook-delivery.service';
import { WebhookDispatchJob } from './webhook-dispatch.job';
import { WebhookEndpointRepository } from './webhook-endpoint.repository';
import { WebhookEndpointService } from './webhook-endpoint.service';
import { webhookErrors, webhookFields } from './webhook.errors';
import { WebhookFindings } from './webhook.findings';
import { WebhookOutboxService } from './webhook-outbox.service';
import { webhookPersistence } from './webhook.persistence';
import { WebhookPurgeJob } from './webhook-purge.job';
import { WebhookRequestService } from './webhook-request.service';
import { WebhookSecretService } from './webhook-secret.service';
import { WebhookTestService } from './webhook-test.service';

/** Provides {@link WebhookDeliveryService}, {@link WebhookEndpointService}, {@link WebhookOutboxService} and {@link WebhookTestService}. */
@Module({
  imports: [
    OutboundModule,
    PersistenceModule,
    ErrorsModule.forFeature(webhookErrors, webhookFields),
    TypeOrmModule.forFeature(webhookPersistence.entities),
  ],
  providers: [
    WebhookDeliveryRepository,
    WebhookDeliveryService,
    WebhookDispatchJob,
    WebhookEndpointRepository,
    WebhookEndpointService,
    ...registerFindings(WebhookFindings),
    WebhookOutboxService,
    WebhookPurgeJob,
    WebhookRequestService,
    WebhookSecretService,
    WebhookTestService,
  ],
  exports: [WebhookDeliveryService, WebhookEndpointService, WebhookOutboxService, WebhookTestService],
})
export class WebhookModule {}
