import { Module } from '@nestjs/common';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule } from '@portillon/structure';
import { AdministeredEventService } from './administered-event.service';
import { EventExportService } from './event-export.service';
import { EventViewService } from './event-view.service';
import { EventProofController } from './event-proof.controller';
import { EventProofService } from './event-proof.service';
import { EventController } from './event.controller';

/** The journal: search, export and proof. */
@Module({
  imports: [PersistenceModule, StructureModule],
  controllers: [EventProofController, EventController],
  providers: [AdministeredEventService, EventExportService, EventProofService, EventViewService],
})
export class JournalModule {}
