import { Module } from '@nestjs/common';
import { IdempotencyModule } from '@portillon/idempotency';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { AccessRefusalService } from './core/access-refusal.service';
import { AccountAccessController } from './accounts/account-access.controller';
import { AccountClosureController } from './accounts/account-closure.controller';
import { AccountClosureService } from './accounts/account-closure.service';
import { AccountDeviceController } from './accounts/account-device.controller';
import { AccountDeviceService } from './accounts/account-device.service';
import { AccountEditEffectService } from './accounts/account-edit-effect.service';
import { AccountEditRuleService } from './accounts/account-edit-rule.service';
import { AccountEditService } from './accounts/account-edit.service';
import { AccountErasureService } from './accounts/account-erasure.service';
import { AccountExportController } from './accounts/account-export.controller';
import { AccountExportService } from './accounts/account-export.service';
import { AccountFactorResetService } from './accounts/account-factor-reset.service';
import { AccountGrantService } from './accounts/account-grant.service';
import { AccountInvitationController } from './accounts/account-invitation.controller';
import { AccountInvitationService } from './accounts/account-invitation.service';
import { AccountLinkController } from './accounts/account-link.controller';
import { AccountLinkService } from './accounts/account-link.service';
import { AccountListService } from './accounts/account-list.service';
import { AccountLockService } from './accounts/account-lock.service';
import { AccountPageViewService } from './accounts/account-page-view.service';
import { AccountRevocationService } from './accounts/account-revocation.service';
import { AccountTraceService } from './accounts/account-trace.service';
import { AccountUnlinkService } from './accounts/account-unlink.service';
import { AccountUnlockService } from './accounts/account-unlock.service';
import { AccountController } from './accounts/account.controller';
import { AdministeredAccountService } from './core/administered-account.service';
import { ChangeDecisionService } from './accounts/change-decision.service';
import { ChangeEffectService } from './accounts/change-effect.service';
import { ChangeHoldService } from './accounts/change-hold.service';
import { EmailConfirmationController } from './accounts/email-confirmation.controller';
import { EmailReplacementService } from './accounts/email-replacement.service';
import { EmergencyAccessController } from './accounts/emergency-access.controller';
import { EmergencyAccessEndService } from './accounts/emergency-access-end.service';
import { EmergencyAccessService } from './accounts/emergency-access.service';
import { LastAdministratorService } from './accounts/last-administrator.service';
import { PendingChangeController } from './accounts/pending-change.controller';
import { PendingChangeJob } from './accounts/pending-change.job';
import { RightsRefreshService } from './accounts/rights-refresh.service';
import { SecondAdministratorService } from './accounts/second-administrator.service';
import { ActJournalService } from './core/act-journal.service';
import { administrationErrors, administrationFields } from './administration.errors';
import { AdministeredApplicationService } from './applications/administered-application.service';
import { ApplicationActController } from './applications/application-act.controller';
import { ApplicationRegistrationService } from './applications/application-registration.service';
import { ApplicationSecretActService } from './applications/application-secret-act.service';
import { ApplicationSecretController } from './applications/application-secret.controller';
import { ApplicationStatusService } from './applications/application-status.service';
import { ApplicationStatisticsController } from './applications/application-statistics.controller';
import { ApplicationStatisticsService } from './applications/application-statistics.service';
import { ApplicationTestService } from './applications/application-test.service';
import { ApplicationViewService } from './applications/application-view.service';
import { ApplicationController } from './applications/application.controller';
import { GateRuleActService } from './applications/gate-rule-act.service';
import { GateRuleController } from './applications/gate-rule.controller';
import { GateWhyService } from './applications/gate-why.service';
import { AccountImportController } from './imports/account-import.controller';
import { AdministeredImportService } from './imports/administered-import.service';
import { ImportCheckService } from './imports/import-check.service';
import { ImportDecisionService } from './imports/import-decision.service';
import { ImportLineController } from './imports/import-line.controller';
import { ImportProblemTextService } from './imports/import-problem-text.service';
import { ImportReportService } from './imports/import-report.service';
import { ImportStepService } from './imports/import-step.service';
import { ImportUploadService } from './imports/import-upload.service';
import { ImportJob } from './imports/import.job';
import { AdministeredEventService } from './journal/administered-event.service';
import { EventExportService } from './journal/event-export.service';
import { EventViewService } from './journal/event-view.service';
import { EventController } from './journal/event.controller';
import { AccountMeansController } from './means/account-means.controller';
import { AccountFactorService } from './means/account-factor.service';
import { AccountMeansService } from './means/account-means.service';
import { FactorEndService } from './means/factor-end.service';
import { PasskeyIdentityService } from './means/passkey-identity.service';
import { ApplicationReportController } from './reports/application-report.controller';
import { ApplicationReportService } from './reports/application-report.service';
import { ReportController } from './reports/report.controller';
import { StrongMeansReportController } from './reports/strong-means-report.controller';
import { StrongMeansReportService } from './reports/strong-means-report.service';
import { SignInReportService } from './reports/sign-in-report.service';
import { AdministeredStructureService } from './structures/administered-structure.service';
import { PolicyEffectController } from './structures/policy-effect.controller';
import { DeploymentLimitsService } from './structures/deployment-limits.service';
import { StrongMeansPeopleService } from './structures/strong-means-people.service';
import { StructureRegistrationService } from './structures/structure-registration.service';
import { StructureRequirementController } from './structures/structure-requirement.controller';
import { StructureRequirementService } from './structures/structure-requirement.service';
import { StructureController } from './structures/structure.controller';
import { AdministeredWebhookService } from './webhooks/administered-webhook.service';
import { GoneWebhookJournalService } from './webhooks/gone-webhook-journal.service';
import { SessionEndPublisherService } from './webhooks/session-end-publisher.service';
import { WebhookDeliveryActService } from './webhooks/webhook-delivery-act.service';
import { WebhookDeliveryController } from './webhooks/webhook-delivery.controller';
import { WebhookPublisherService } from './webhooks/webhook-publisher.service';
import { WebhookRegistrationService } from './webhooks/webhook-registration.service';
import { WebhookController } from './webhooks/webhook.controller';

/** « Administration ». Imported with `AccessModule`, `RecoveryModule`, `SecurityNoticeModule` and the modules of the domains that it conducts. */
@Module({
  imports: [
    PersistenceModule,
    IdempotencyModule,
    ErrorsModule.forFeature(administrationErrors, administrationFields),
  ],
  controllers: [
    AccountImportController,
    ImportLineController,
    AccountExportController,
    AccountInvitationController,
    AccountController,
    AccountAccessController,
    AccountClosureController,
    AccountDeviceController,
    AccountLinkController,
    AccountMeansController,
    EmailConfirmationController,
    PendingChangeController,
    EmergencyAccessController,
    ApplicationController,
    GateRuleController,
    ApplicationActController,
    ApplicationSecretController,
    ApplicationStatisticsController,
    StructureController,
    StructureRequirementController,
    PolicyEffectController,
    EventController,
    ReportController,
    ApplicationReportController,
    StrongMeansReportController,
    WebhookController,
    WebhookDeliveryController,
  ],
  providers: [
    AccessRefusalService,
    AccountClosureService,
    AccountDeviceService,
    AccountEditEffectService,
    AccountEditRuleService,
    AccountEditService,
    AccountErasureService,
    AccountExportService,
    AccountFactorResetService,
    AccountGrantService,
    AccountInvitationService,
    AccountLinkService,
    AccountListService,
    AccountLockService,
    AccountPageViewService,
    AccountMeansService,
    AccountFactorService,
    FactorEndService,
    PasskeyIdentityService,
    AccountRevocationService,
    AccountTraceService,
    AccountUnlinkService,
    AccountUnlockService,
    ActJournalService,
    AdministeredAccountService,
    AdministeredApplicationService,
    AdministeredEventService,
    AdministeredImportService,
    AdministeredStructureService,
    ApplicationRegistrationService,
    ApplicationReportService,
    ApplicationSecretActService,
    ApplicationStatisticsService,
    ApplicationStatusService,
    ApplicationTestService,
    ApplicationViewService,
    AdministeredWebhookService,
    GateRuleActService,
    GateWhyService,
    ChangeDecisionService,
    ChangeEffectService,
    ChangeHoldService,
    EmailReplacementService,
    EmergencyAccessEndService,
    EmergencyAccessService,
    EventExportService,
    EventViewService,
    ImportCheckService,
    ImportDecisionService,
    ImportJob,
    ImportProblemTextService,
    ImportReportService,
    ImportStepService,
    ImportUploadService,
    LastAdministratorService,
    PendingChangeJob,
    RightsRefreshService,
    SecondAdministratorService,
    SignInReportService,
    DeploymentLimitsService,
    StrongMeansPeopleService,
    StrongMeansReportService,
    StructureRegistrationService,
    StructureRequirementService,
    GoneWebhookJournalService,
    SessionEndPublisherService,
    WebhookDeliveryActService,
    WebhookPublisherService,
    WebhookRegistrationService,
  ],
  exports: [
    AccessRefusalService,
    AccountClosureService,
    AccountEditService,
    AccountInvitationService,
    AdministeredAccountService,
    ImportUploadService,
    ImportJob,
    ApplicationTestService,
  ],
})
export class AdministrationModule {}
