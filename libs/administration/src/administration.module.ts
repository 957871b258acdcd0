import { Module } from '@nestjs/common';
import { ErrorsModule } from '@portillon/kernel';
import { administrationErrors, administrationFields } from './administration.errors';
import { AccountActController } from './accounts/account-act.controller';
import { AccountActService } from './accounts/account-act.service';
import { AccountEditService } from './accounts/account-edit.service';
import { AccountExportService } from './accounts/account-export.service';
import { AccountListService } from './accounts/account-list.service';
import { AccountPageViewService } from './accounts/account-page-view.service';
import { AccountRevocationService } from './accounts/account-revocation.service';
import { AccountController } from './accounts/account.controller';
import { AdministeredAccountService } from './accounts/administered-account.service';
import { EmergencyAccessService } from './accounts/emergency-access.service';
import { AccountImportController } from './imports/account-import.controller';
import { AdminImportService } from './imports/admin-import.service';
import { ImportCheckService } from './imports/import-check.service';
import { ImportJob } from './imports/import.job';
import { AdministeredEventService } from './journal/administered-event.service';
import { EventExportService } from './journal/event-export.service';
import { EventViewService } from './journal/event-view.service';
import { EventController } from './journal/event.controller';
import { ReportController } from './reports/report.controller';
import { SignInReportService } from './reports/sign-in-report.service';
import { AdministeredStructureService } from './structures/administered-structure.service';
import { StructureRegisterService } from './structures/structure-register.service';
import { StructureController } from './structures/structure.controller';

/** « Administration ». Imported with `AuthModule`, `RecoveryModule`, `SecurityNoticeModule` and the modules of the domains that it conducts. */
@Module({
  imports: [ErrorsModule.forFeature(administrationErrors, administrationFields)],
  controllers: [
    AccountImportController,
    AccountController,
    AccountActController,
    StructureController,
    EventController,
    ReportController,
  ],
  providers: [
    AccountActService,
    AccountEditService,
    AccountRevocationService,
    AccountExportService,
    AdminImportService,
    AccountListService,
    AccountPageViewService,
    AdministeredAccountService,
    AdministeredEventService,
    AdministeredStructureService,
    EmergencyAccessService,
    EventExportService,
    EventViewService,
    ImportCheckService,
    ImportJob,
    SignInReportService,
    StructureRegisterService,
  ],
  exports: [AdminImportService, ImportJob],
})
export class AdministrationModule {}
