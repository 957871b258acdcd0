import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule } from '@portillon/structure';
import { incidentJournal } from './incident.journal';
import { ConcernedPeopleService } from './concerned-people.service';
import { IncidentAnnouncementService } from './incident-announcement.service';
import { IncidentDecisionService } from './incident-decision.service';
import { IncidentService } from './incident.service';

/** What is done at once for many people, by the command line. */
@Module({
  imports: [PersistenceModule, StructureModule],
  providers: [
    registerJournal(incidentJournal),
    ConcernedPeopleService,
    IncidentAnnouncementService,
    IncidentDecisionService,
    IncidentService,
  ],
  exports: [ConcernedPeopleService, IncidentDecisionService, IncidentService],
})
export class IncidentModule {}
