import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ErrorsModule, registerFindings } from '@portillon/kernel';
import { OutboundModule } from '@portillon/outbound';
import { PersistenceModule } from '@portillon/persistence';
import { WebhookDeliveryRepository } from './webhook-delivery.repository';
import { WebhookDeliveryService } from './webhook-delivery.service';
import { WebhookEndpointRepository } from './webhook-endpoint.repository';
import { WebhookEndpointService } from './webhook-endpoint.service';
import { WebhookOutboxService } from './webhook-outbox.service';
import { WebhookSecretService } from './webhook-secret.service';
import { WebhookTestService } from './webhook-test.service';
import { webhookErrors, webhookFields } from './webhook.errors';
import { WebhookFindings } from './webhook.findings';
import { WebhookDispatchJob, WebhookPurgeJob } from './webhook.job';
import { webhookPersistence } from './webhook.persistence';

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
    WebhookSecretService,
    WebhookTestService,
  ],
  exports: [WebhookDeliveryService, WebhookEndpointService, WebhookOutboxService, WebhookTestService],
})
export class WebhookModule {}
