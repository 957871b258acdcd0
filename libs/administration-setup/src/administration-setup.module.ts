import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { registerJournal } from '@portillon/audit';
import { ErrorsModule, registerFindings } from '@portillon/kernel';
import { NotificationModule } from '@portillon/notification';
import { PersistenceModule } from '@portillon/persistence';
import { registerLimits, RateLimitModule } from '@portillon/rate-limit';
import { SecurityNoticeModule } from '@portillon/security-notice';
import { SessionModule } from '@portillon/session';
import { StructureModule } from '@portillon/structure';
import { UserManagementModule } from '@portillon/user-management';
import { administrationSetupPersistence } from './administration-setup.persistence';
import { incidentJournal } from './incident/incident.journal';
import { IncidentService } from './incident/incident.service';
import { LegalNoticeRepository } from './operator/legal-notice.repository';
import { LegalNoticeService } from './operator/legal-notice.service';
import { LegalNoticeFindings, SiteStatementFindings } from './operator/legal-texts.findings';
import { SetupConfirmationRepository } from './operator/setup-confirmation.repository';
import { LegalNoticeController, PublishedNoticeController } from './setup/legal-notice.controller';
import { SetupActController } from './setup/setup-act.controller';
import { SetupConfirmationService, SETUP_LIMITS } from './setup/setup-confirmation.service';
import { setupErrors } from './setup/setup.errors';
import { setupJournal } from './setup/setup.journal';
import { ConfigurableModuleClass, SETUP_OPTIONS, SetupOptions, STATEMENTS } from './setup/setup.options';
import { NO_STATEMENTS } from './setup/statements/site-statements.dto';

/** The first hour of a service, its legal notice, and acts on many people after an incident. */
@Module({
  imports: [
    AccessModule,
    AccountModule,
    NotificationModule,
    RateLimitModule,
    SecurityNoticeModule,
    SessionModule,
    UserManagementModule,
    PersistenceModule,
    StructureModule,
    ErrorsModule.forFeature(setupErrors),
    TypeOrmModule.forFeature(administrationSetupPersistence.entities),
  ],
  controllers: [LegalNoticeController, PublishedNoticeController, SetupActController],
  providers: [
    {
      provide: STATEMENTS,
      inject: [SETUP_OPTIONS],
      useFactory: ({ statements }: SetupOptions) => statements ?? NO_STATEMENTS,
    },
    ...registerFindings(LegalNoticeFindings, SiteStatementFindings),
    LegalNoticeRepository,
    LegalNoticeService,
    SetupConfirmationRepository,
    registerJournal(incidentJournal),
    IncidentService,
    registerJournal(setupJournal),
    registerLimits(SETUP_LIMITS),
    SetupConfirmationService,
  ],
  exports: [LegalNoticeService, SetupConfirmationService, IncidentService],
})
export class AdministrationSetupModule extends ConfigurableModuleClass {}
