import { Module } from '@nestjs/common';
import { AccountController } from './account.controller';
import { AdministeredAccounts } from './administered-accounts';
import { AdministeredEvents } from './administered-events';
import { AdministeredStructures } from './administered-structures';
import { EventController } from './event.controller';
import { EventExport } from './event-export';
import { EventView } from './event-view';
import { ReportController } from './report.controller';
import { SignInReports } from './sign-in-reports';

/** « Administration ». Needs what `AuthModule` needs, and `AuthModule` itself, made global by the application. */
@Module({
  controllers: [AccountController, EventController, ReportController],
  providers: [
    AdministeredAccounts,
    AdministeredStructures,
    AdministeredEvents,
    EventView,
    EventExport,
    SignInReports,
  ],
})
export class AdministrationModule {}
