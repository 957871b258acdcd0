import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PURGE_EVERY_MS, purgeAll, ScheduledJob } from '@portillon/kernel';
import { ReadingJournalService } from './reading-journal.service';

/** Deletes what the hours that are over needed; their lines stay in the journal. */
@Injectable()
export class ReadingPurgeJob extends ScheduledJob {
  constructor(private readonly readings: ReadingJournalService) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() => purgeAll({ readings: (batch) => this.readings.purge(batch) }, this.logger));
  }
}
