import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { ErrorsModule } from '@portillon/kernel';
import { coreJournal } from './core.journal';
import { AccessRefusalService } from './access-refusal.service';
import { ActJournalService } from './act-journal.service';
import { AdministeredAccountService } from './administered-account.service';
import { ReadingService } from './reading.service';
import { coreErrors, coreFields } from './core.errors';

/** What every part of « Administration » stands on: rights, who acts, the journal of acts, the accounts within reach. */
@Module({
  imports: [ErrorsModule.forFeature(coreErrors, coreFields)],
  providers: [
    registerJournal(coreJournal),
    AccessRefusalService,
    ActJournalService,
    AdministeredAccountService,
    ReadingService,
  ],
  exports: [AccessRefusalService, ActJournalService, AdministeredAccountService, ReadingService],
})
export class CoreModule {}
