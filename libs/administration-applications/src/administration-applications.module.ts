import { Module } from '@nestjs/common';
import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { ApplicationModule } from '@portillon/application';
import { registerJournal } from '@portillon/audit';
import { AuthModule } from '@portillon/auth';
import { AuthenticatorModule } from '@portillon/authenticator';
import { GateModule } from '@portillon/gate';
import { IdempotencyModule } from '@portillon/http';
import { OutboundModule } from '@portillon/outbound';
import { PersistenceModule } from '@portillon/persistence';
import { SessionModule } from '@portillon/session';
import { StructureModule } from '@portillon/structure';
import { UserManagementModule } from '@portillon/user-management';
import { WebhookModule } from '@portillon/webhook';
import { AdministeredApplicationService } from './applications/administered-application.service';
import { ApplicationEditsService } from './applications/application-edits.service';
import { ApplicationExplanationsService } from './applications/application-explanations.service';
import { ApplicationTestService } from './applications/application-test.service';
import { ApplicationActController, ApplicationController } from './applications/application.controller';
import { applicationsJournal } from './applications/applications.journal';
import { GateRuleController } from './applications/gate-rule.controller';
import { AdministeredWebhooksService } from './webhooks/administered-webhooks.service';
import { WebhookSubscriptionsService } from './webhooks/webhook-subscriptions.service';
import { WebhookDeliveryController, WebhookController } from './webhooks/webhook.controller';
import { webhooksJournal } from './webhooks/webhooks.journal';

/** Applications and webhooks: registration, secrets, gate rules, a test, statistics, deliveries. */
@Module({
  imports: [
    AccessModule,
    AccountModule,
    ApplicationModule,
    AuthModule,
    AuthenticatorModule,
    GateModule,
    OutboundModule,
    SessionModule,
    UserManagementModule,
    WebhookModule,
    PersistenceModule,
    IdempotencyModule,
    StructureModule,
  ],
  controllers: [
    ApplicationController,
    GateRuleController,
    ApplicationActController,
    WebhookController,
    WebhookDeliveryController,
  ],
  providers: [
    registerJournal(applicationsJournal),
    AdministeredApplicationService,
    ApplicationEditsService,
    ApplicationExplanationsService,
    ApplicationTestService,
    registerJournal(webhooksJournal),
    AdministeredWebhooksService,
    WebhookSubscriptionsService,
  ],
  exports: [ApplicationTestService, ApplicationExplanationsService, AdministeredWebhooksService],
})
export class AdministrationApplicationsModule {}
