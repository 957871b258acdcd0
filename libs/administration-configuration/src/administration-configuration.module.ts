import { Module } from '@nestjs/common';
import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { AdministrationApplicationsModule } from '@portillon/administration-applications';
import { AdministrationSetupModule } from '@portillon/administration-setup';
import { ApplicationModule } from '@portillon/application';
import { GateModule } from '@portillon/gate';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { RecoveryModule } from '@portillon/recovery';
import { SecurityNoticeModule } from '@portillon/security-notice';
import { StructureModule } from '@portillon/structure';
import { UserManagementModule } from '@portillon/user-management';
import { WebhookModule } from '@portillon/webhook';
import { AdministratorSectionService } from './administrator-section.service';
import { ApplicationSectionService } from './application-section.service';
import { configurationFields } from './configuration.errors';
import { ConfigurationService } from './configuration.service';
import { ConfiguredMembershipsService } from './configured-memberships.service';
import { LegalNoticeSectionService } from './legal-notice-section.service';
import { StructureSectionService } from './structure-section.service';
import { WebhookSectionService } from './webhook-section.service';

/** Structures, applications, webhooks, administrators and legal texts as one file. */
@Module({
  imports: [
    AccessModule,
    AccountModule,
    AdministrationApplicationsModule,
    AdministrationSetupModule,
    ApplicationModule,
    GateModule,
    RecoveryModule,
    SecurityNoticeModule,
    UserManagementModule,
    WebhookModule,
    PersistenceModule,
    ErrorsModule.forFeature({}, configurationFields),
    StructureModule,
  ],
  providers: [
    AdministratorSectionService,
    ApplicationSectionService,
    ConfigurationService,
    ConfiguredMembershipsService,
    LegalNoticeSectionService,
    StructureSectionService,
    WebhookSectionService,
  ],
  exports: [ConfigurationService],
})
export class AdministrationConfigurationModule {}
