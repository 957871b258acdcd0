import { Module } from '@nestjs/common';
import { AdministeredEventService } from './administered-event.service';
import { EventExportService } from './event-export.service';
import { EventViewService } from './event-view.service';
import { EventController } from './event.controller';

/** The journal: search and export. */
@Module({
  controllers: [EventController],
  providers: [AdministeredEventService, EventExportService, EventViewService],
})
export class JournalModule {}
