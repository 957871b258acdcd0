import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { IdempotencyModule } from '@portillon/http';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule } from '@portillon/structure';
import { AdministeredApplicationService } from './applications/administered-application.service';
import { ApplicationActController } from './applications/application-act.controller';
import { ApplicationRegistrationService } from './applications/application-registration.service';
import { ApplicationSecretActService } from './applications/application-secret-act.service';
import { ApplicationSecretController } from './applications/application-secret.controller';
import { ApplicationStatisticsController } from './applications/application-statistics.controller';
import { ApplicationStatisticsService } from './applications/application-statistics.service';
import { ApplicationStatusService } from './applications/application-status.service';
import { ApplicationTestService } from './applications/application-test.service';
import { ApplicationViewService } from './applications/application-view.service';
import { ApplicationWayInService } from './applications/application-way-in.service';
import { ApplicationController } from './applications/application.controller';
import { applicationsJournal } from './applications/applications.journal';
import { GateRuleActService } from './applications/gate-rule-act.service';
import { GateRuleController } from './applications/gate-rule.controller';
import { GateWhyService } from './applications/gate-why.service';
import { OwnedActJournalService } from './owned-act-journal.service';
import { AdministeredWebhookService } from './webhooks/administered-webhook.service';
import { GoneWebhookJournalService } from './webhooks/gone-webhook-journal.service';
import { SessionEndPublisherService } from './webhooks/session-end-publisher.service';
import { WebhookDeliveryActService } from './webhooks/webhook-delivery-act.service';
import { WebhookDeliveryController } from './webhooks/webhook-delivery.controller';
import { WebhookPublisherService } from './webhooks/webhook-publisher.service';
import { WebhookRegistrationService } from './webhooks/webhook-registration.service';
import { WebhookController } from './webhooks/webhook.controller';
import { webhooksJournal } from './webhooks/webhooks.journal';

/** Applications and webhooks: registration, secrets, gate rules, a test, statistics, deliveries. */
@Module({
  imports: [PersistenceModule, IdempotencyModule, StructureModule],
  controllers: [
    ApplicationController,
    GateRuleController,
    ApplicationActController,
    ApplicationSecretController,
    ApplicationStatisticsController,
    WebhookController,
    WebhookDeliveryController,
  ],
  providers: [
    registerJournal(applicationsJournal),
    OwnedActJournalService,
    AdministeredApplicationService,
    ApplicationRegistrationService,
    ApplicationSecretActService,
    ApplicationStatisticsService,
    ApplicationStatusService,
    ApplicationTestService,
    ApplicationViewService,
    ApplicationWayInService,
    GateRuleActService,
    GateWhyService,
    registerJournal(webhooksJournal),
    AdministeredWebhookService,
    GoneWebhookJournalService,
    SessionEndPublisherService,
    WebhookDeliveryActService,
    WebhookPublisherService,
    WebhookRegistrationService,
  ],
  exports: [ApplicationTestService, ApplicationWayInService, WebhookRegistrationService],
})
export class AdministrationApplicationsModule {}
