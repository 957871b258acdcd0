import { Module } from '@nestjs/common';
import { PersistenceModule } from '@portillon/persistence';
import { ConcernedPeopleService } from './concerned-people.service';
import { IncidentService } from './incident.service';

/** What is done at once for many people, by the command line. */
@Module({
  imports: [PersistenceModule],
  providers: [ConcernedPeopleService, IncidentService],
  exports: [ConcernedPeopleService, IncidentService],
})
export class IncidentModule {}
