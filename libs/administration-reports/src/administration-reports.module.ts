import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { ApplicationModule } from '@portillon/application';
import { OutboundModule } from '@portillon/outbound';
import { UserManagementModule } from '@portillon/user-management';
import { Module } from '@nestjs/common';
import { registerFindings } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule } from '@portillon/structure';
import { DirectoryLookupJob } from './directory/directory-lookup.job';
import { DirectoryFindings } from './directory/directory.findings';
import { PractitionerDirectoryService } from './directory/practitioner-directory.service';
import { AdministeredEventService } from './journal/administered-event.service';
import { EventExportService } from './journal/event-export.service';
import { EventProofController } from './journal/event-proof.controller';
import { EventProofService } from './journal/event-proof.service';
import { EventViewService } from './journal/event-view.service';
import { EventController } from './journal/event.controller';
import { ReportController } from './reports/report.controller';
import { ReportsService } from './reports/reports.service';
import { ConfigurableModuleClass } from './directory/directory.options';

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
    EventExportService,
    EventProofService,
    EventViewService,
    ReportsService,
    ...registerFindings(DirectoryFindings),
    PractitionerDirectoryService,
    DirectoryLookupJob,
  ],
})
export class AdministrationReportsModule extends ConfigurableModuleClass {}
