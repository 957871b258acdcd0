import { Module } from '@nestjs/common';
import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { ApplicationModule } from '@portillon/application';
import { registerFindings } from '@portillon/kernel';
import { OutboundModule } from '@portillon/outbound';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule } from '@portillon/structure';
import { UserManagementModule } from '@portillon/user-management';
import { DirectoryLookupJob } from './directory/directory-lookup.job';
import { DirectoryFindings } from './directory/directory.findings';
import {
  ConfigurableModuleClass,
  PractitionerDirectoryService,
} from './directory/practitioner-directory.service';
import { AdministeredEventService } from './journal/administered-event.service';
import { EventProofController } from './journal/event-proof.controller';
import { EventProofService } from './journal/event-proof.service';
import { EventController } from './journal/event.controller';
import { ReportController } from './reports/report.controller';
import { ReportsService } from './reports/reports.service';

/** Statistics, the pages and exports of the journal, and lookups in the Annuaire Santé. */
@Module({
  imports: [
    AccessModule,
    AccountModule,
    ApplicationModule,
    OutboundModule,
    UserManagementModule,
    PersistenceModule,
    StructureModule,
  ],
  controllers: [EventProofController, EventController, ReportController],
  providers: [
    AdministeredEventService,
    EventProofService,
    ReportsService,
    ...registerFindings(DirectoryFindings),
    PractitionerDirectoryService,
    DirectoryLookupJob,
  ],
})
export class AdministrationReportsModule extends ConfigurableModuleClass {}
