import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { AdministrationApplicationsModule } from '@portillon/administration-applications';
import { ApplicationModule } from '@portillon/application';
import { registerJournal } from '@portillon/audit';
import { AuthModule, registerCodePurposes } from '@portillon/auth';
import { AuthenticatorModule } from '@portillon/authenticator';
import { CredentialModule } from '@portillon/credential';
import { IdempotencyModule } from '@portillon/http';
import { ErrorsModule } from '@portillon/kernel';
import { NotificationModule } from '@portillon/notification';
import { OtpModule } from '@portillon/otp';
import { PersistenceModule } from '@portillon/persistence';
import { PersonalDataModule } from '@portillon/personal-data';
import { RecoveryModule } from '@portillon/recovery';
import { SecurityNoticeModule } from '@portillon/security-notice';
import { SessionModule } from '@portillon/session';
import { StructureModule } from '@portillon/structure';
import { UserManagementModule } from '@portillon/user-management';
import {
  AccountAccessController,
  AccountInvitationController,
} from './accounts/access/account-access.controller';
import { AccountLinkController } from './accounts/access/account-link.controller';
import {
  AccountDeviceController,
  AccountController,
  AccountExportController,
  AdministeredDataController,
} from './accounts/account.controller';
import { AccountClosureController } from './accounts/close/account-closure.controller';
import { AccountErasuresService } from './accounts/close/account-erasures.service';
import { MembershipEndJob } from './accounts/close/membership-end.job';
import {
  AccountHandOverController,
  AccountMembershipController,
  MembershipProposalController,
} from './accounts/memberships/membership.controller';
import { administrationPersistence } from './administration.persistence';
import { AccountListService } from './accounts/list/account-list.service';
import { AccountDataService } from './accounts/list/account-data.service';
import { AccountPagesService } from './accounts/list/account-pages.service';
import { ChangeDecisionService } from './accounts/pending/change-decision.service';
import { PendingChangeController } from './accounts/pending/pending-change.controller';
import { PendingChangeJob } from './accounts/pending/pending-change.job';
import { AccountImportController } from './imports/account-import.controller';
import { ImportProblemTextService } from './imports/import-problem-text.service';
import { ImportStepsService } from './imports/import-steps.service';
import { ImportJob } from './imports/import.job';
import { importsErrors, importsFields } from './imports/imports.errors';
import { importsJournal } from './imports/imports.journal';
import { ImportsService } from './imports/imports.service';
import { peopleExportPurposes } from './move-in/people-export.purposes';
import { PeopleExportService } from './move-in/people-export.service';
import { MoveInService } from './move-in/move-in.service';
import { AccountMeansController } from './means/account-means.controller';
import { LogoController, StructureBrandingController } from './structures/structure-branding.controller';
import {
  PolicyEffectController,
  StructureRequirementController,
} from './structures/structure-requirement.controller';
import { StructureController } from './structures/structure.controller';
import { InvitationWaveController } from './waves/wave.controller';
import { WaveJob } from './waves/wave.job';
import { wavesErrors } from './waves/waves.errors';
import { wavesJournal } from './waves/waves.journal';
import { WavesService } from './waves/waves.service';
import { WeeklyMailController } from './weekly-mail/weekly-mail.controller';
import { weeklyMailJournal } from './weekly-mail/weekly-mail.journal';
import { WeeklyMailPersonalData, WeeklyMailRepository } from './weekly-mail/weekly-mail.repository';
import { WeeklyMailService } from './weekly-mail/weekly-mail.service';
import { AccountWaysInService } from './ways-in/account-ways-in.service';
import { FinessStructuresService } from './structures/finess/finess-structures.service';
import { WaysInController } from './ways-in/ways-in.controller';

/** « Administration » of people: accounts, their means, files of accounts, structures, and who can sign in. */
@Module({
  imports: [
    AccessModule,
    AccountModule,
    AdministrationApplicationsModule,
    ApplicationModule,
    AuthModule,
    AuthenticatorModule,
    CredentialModule,
    OtpModule,
    PersonalDataModule,
    RecoveryModule,
    SecurityNoticeModule,
    SessionModule,
    UserManagementModule,
    PersistenceModule,
    IdempotencyModule,
    StructureModule,
    ErrorsModule.forFeature(importsErrors, importsFields),
    ErrorsModule.forFeature(wavesErrors),
    NotificationModule,
    TypeOrmModule.forFeature(administrationPersistence.entities),
  ],
  controllers: [
    AccountExportController,
    AccountInvitationController,
    AccountController,
    AccountAccessController,
    AccountClosureController,
    AccountDeviceController,
    AccountLinkController,
    AccountHandOverController,
    AccountMembershipController,
    MembershipProposalController,
    AdministeredDataController,
    PendingChangeController,
    StructureController,
    StructureRequirementController,
    PolicyEffectController,
    StructureBrandingController,
    LogoController,
    AccountMeansController,
    WaysInController,
    AccountImportController,
    InvitationWaveController,
    WeeklyMailController,
  ],
  providers: [
    AccountDataService,
    AccountErasuresService,
    AccountListService,
    AccountPagesService,
    ChangeDecisionService,
    FinessStructuresService,
    MembershipEndJob,
    PendingChangeJob,
    AccountWaysInService,
    registerJournal(importsJournal),
    ImportJob,
    ImportProblemTextService,
    ImportStepsService,
    ImportsService,
    MoveInService,
    PeopleExportService,
    registerCodePurposes(peopleExportPurposes),
    registerJournal(wavesJournal),
    WaveJob,
    WavesService,
    registerJournal(weeklyMailJournal),
    WeeklyMailPersonalData,
    WeeklyMailRepository,
    WeeklyMailService,
  ],
  exports: [ImportJob, ImportsService, MoveInService],
})
export class AdministrationModule {}
