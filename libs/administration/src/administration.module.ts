import { Module } from '@nestjs/common';
import { AccountActController } from './account-act.controller';
import { AccountActs } from './account-acts';
import { AccountEditing } from './account-editing';
import { AccountEnds } from './account-ends';
import { AccountExport } from './account-export';
import { AccountImportController } from './account-import.controller';
import { AccountImporting } from './account-importing';
import { AccountList } from './account-list';
import { AccountPageView } from './account-page-view';
import { AccountController } from './account.controller';
import { AdministeredAccounts } from './administered-accounts';
import { AdministeredEvents } from './administered-events';
import { AdministeredStructures } from './administered-structures';
import { EmergencyDesk } from './emergency-desk';
import { EventController } from './event.controller';
import { EventExport } from './event-export';
import { EventView } from './event-view';
import { ImportCheck } from './import-check';
import { ImportWork } from './import-work';
import { ReportController } from './report.controller';
import { SignInReports } from './sign-in-reports';
import { StructureRegister } from './structure-register';
import { StructureController } from './structure.controller';

/** « Administration ». Needs what `AuthModule` needs, and `AuthModule` itself, made global by the application. */
@Module({
  controllers: [
    AccountImportController,
    AccountController,
    AccountActController,
    StructureController,
    EventController,
    ReportController,
  ],
  providers: [
    AccountActs,
    AccountEditing,
    AccountEnds,
    AccountExport,
    AccountImporting,
    AccountList,
    AccountPageView,
    AdministeredAccounts,
    AdministeredEvents,
    AdministeredStructures,
    EmergencyDesk,
    EventExport,
    EventView,
    ImportCheck,
    ImportWork,
    SignInReports,
    StructureRegister,
  ],
  exports: [AccountImporting, ImportWork],
})
export class AdministrationModule {}
