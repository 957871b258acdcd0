import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { AdministrationApplicationsModule } from '@portillon/administration-applications';
import { ApplicationModule } from '@portillon/application';
import { AuthModule } from '@portillon/auth';
import { AuthenticatorModule } from '@portillon/authenticator';
import { CredentialModule } from '@portillon/credential';
import { OtpModule } from '@portillon/otp';
import { PersonalDataModule } from '@portillon/personal-data';
import { RecoveryModule } from '@portillon/recovery';
import { SecurityNoticeModule } from '@portillon/security-notice';
import { SessionModule } from '@portillon/session';
import { UserManagementModule } from '@portillon/user-management';
import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { IdempotencyModule } from '@portillon/http';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule } from '@portillon/structure';
import { AccountAccessController } from './accounts/access/account-access.controller';
import { AccountDeviceController } from './accounts/access/account-device.controller';
import { AccountLinkController } from './accounts/access/account-link.controller';
import { AccountController } from './accounts/account.controller';
import { AccountClosureController } from './accounts/close/account-closure.controller';
import { AccountErasuresService } from './accounts/close/account-erasures.service';
import { AccountInvitationController } from './accounts/edit/account-invitation.controller';
import { AccountExportController } from './accounts/list/account-export.controller';
import { AccountListService } from './accounts/list/account-list.service';
import { AccountPagesService } from './accounts/list/account-pages.service';
import { AdministeredDataController } from './accounts/list/administered-data.controller';
import { ChangeDecisionService } from './accounts/pending/change-decision.service';
import { PendingChangeController } from './accounts/pending/pending-change.controller';
import { PendingChangeJob } from './accounts/pending/pending-change.job';
import { AccountImportController } from './imports/account-import.controller';
import { ImportProblemTextService } from './imports/import-problem-text.service';
import { ImportStepsService } from './imports/import-steps.service';
import { ImportsService } from './imports/imports.service';
import { ImportJob } from './imports/import.job';
import { importsErrors, importsFields } from './imports/imports.errors';
import { importsJournal } from './imports/imports.journal';
import { AccountMeansController } from './means/account-means.controller';
import { LogoController } from './structures/logo.controller';
import { PolicyEffectController } from './structures/policy-effect.controller';
import { StructureFaceController } from './structures/structure-face.controller';
import { StructureRequirementController } from './structures/structure-requirement.controller';
import { StructureController } from './structures/structure.controller';
import { AccountWaysInService } from './ways-in/account-ways-in.service';
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
  ],
  controllers: [
    AccountExportController,
    AccountInvitationController,
    AccountController,
    AccountAccessController,
    AccountClosureController,
    AccountDeviceController,
    AccountLinkController,
    AdministeredDataController,
    PendingChangeController,
    StructureController,
    StructureRequirementController,
    PolicyEffectController,
    StructureFaceController,
    LogoController,
    AccountMeansController,
    WaysInController,
    AccountImportController,
  ],
  providers: [
    AccountErasuresService,
    AccountListService,
    AccountPagesService,
    ChangeDecisionService,
    PendingChangeJob,
    AccountWaysInService,
    registerJournal(importsJournal),
    ImportJob,
    ImportProblemTextService,
    ImportStepsService,
    ImportsService,
  ],
  exports: [ImportJob, ImportsService],
})
export class AdministrationModule {}
