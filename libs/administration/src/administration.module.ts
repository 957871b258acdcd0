import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { IdempotencyModule } from '@portillon/http';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule } from '@portillon/structure';
import { AccountAccessController } from './accounts/access/account-access.controller';
import { AccountDeviceController } from './accounts/access/account-device.controller';
import { AccountDeviceService } from './accounts/access/account-device.service';
import { AccountLinkController } from './accounts/access/account-link.controller';
import { EmergencyAccessController } from './accounts/access/emergency-access.controller';
import { AccountController } from './accounts/account.controller';
import { AccountClosureController } from './accounts/close/account-closure.controller';
import { AccountErasureService } from './accounts/close/account-erasure.service';
import { ErasureWishController } from './accounts/close/erasure-request.controller';
import { ErasureRequestService } from './accounts/close/erasure-request.service';
import { AccountInvitationController } from './accounts/edit/account-invitation.controller';
import { AccountExportController } from './accounts/list/account-export.controller';
import { AccountExportService } from './accounts/list/account-export.service';
import { AccountListService } from './accounts/list/account-list.service';
import { AccountPageViewService } from './accounts/list/account-page-view.service';
import { AdministeredDataController } from './accounts/list/administered-data.controller';
import { AdministeredDataService } from './accounts/list/administered-data.service';
import { ChangeDecisionService } from './accounts/pending/change-decision.service';
import { ChangeEffectService } from './accounts/pending/change-effect.service';
import { PendingChangeController } from './accounts/pending/pending-change.controller';
import { PendingChangeJob } from './accounts/pending/pending-change.job';
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
import { importsErrors, importsFields } from './imports/imports.errors';
import { importsJournal } from './imports/imports.journal';
import { AccountMeansController } from './means/account-means.controller';
import { AccountMeansService } from './means/account-means.service';
import { LogoController } from './structures/logo.controller';
import { PolicyEffectController } from './structures/policy-effect.controller';
import { StructureFaceController } from './structures/structure-face.controller';
import { StructureFiguresService } from './structures/structure-figures.service';
import { StructureRequirementController } from './structures/structure-requirement.controller';
import { StructureController } from './structures/structure.controller';
import { AccountWaysInService } from './ways-in/account-ways-in.service';
import { WaysInController } from './ways-in/ways-in.controller';

/** « Administration » of people: accounts, their means, files of accounts, structures, and who can sign in. */
@Module({
  imports: [
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
    EmergencyAccessController,
    ErasureWishController,
    StructureController,
    StructureRequirementController,
    PolicyEffectController,
    StructureFaceController,
    LogoController,
    AccountMeansController,
    WaysInController,
    AccountImportController,
    ImportLineController,
  ],
  providers: [
    AccountDeviceService,
    AccountErasureService,
    AccountExportService,
    AccountListService,
    AccountPageViewService,
    AdministeredDataService,
    ChangeDecisionService,
    ChangeEffectService,
    ErasureRequestService,
    PendingChangeJob,
    StructureFiguresService,
    AccountMeansService,
    AccountWaysInService,
    registerJournal(importsJournal),
    AdministeredImportService,
    ImportCheckService,
    ImportDecisionService,
    ImportJob,
    ImportProblemTextService,
    ImportReportService,
    ImportStepService,
    ImportUploadService,
  ],
  exports: [ImportJob, ImportUploadService],
})
export class AdministrationModule {}
