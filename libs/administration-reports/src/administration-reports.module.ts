import { Module } from '@nestjs/common';
import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { ApplicationModule } from '@portillon/application';
import { registerJournal } from '@portillon/audit';
import { registerFindings } from '@portillon/kernel';
import { OutboundModule } from '@portillon/outbound';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule } from '@portillon/structure';
import { UserManagementModule } from '@portillon/user-management';
import { DirectoryChangeController } from './directory/directory-change.controller';
import { DirectoryClientService } from './directory/directory-client.service';
import { DirectoryDecisionsService } from './directory/directory-decisions.service';
import { DirectoryFeedJob } from './directory/directory-feed.job';
import { DirectoryFeedService } from './directory/directory-feed.service';
import { DirectoryLookupJob } from './directory/directory-lookup.job';
import { DirectoryOrganizationsService } from './directory/directory-organizations.service';
import { DirectoryFindings } from './directory/directory.findings';
import { directoryJournal } from './directory/directory.journal';
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

/** Statistics, the pages and exports of the journal, and what the Annuaire Santé shows. */
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
  controllers: [DirectoryChangeController, EventProofController, EventController, ReportController],
  providers: [
    AdministeredEventService,
    EventProofService,
    ReportsService,
    ...registerFindings(DirectoryFindings),
    PractitionerDirectoryService,
    registerJournal(directoryJournal),
    DirectoryClientService,
    DirectoryDecisionsService,
    DirectoryFeedJob,
    DirectoryFeedService,
    DirectoryLookupJob,
    DirectoryOrganizationsService,
  ],
  exports: [DirectoryOrganizationsService],
})
export class AdministrationReportsModule extends ConfigurableModuleClass {}
