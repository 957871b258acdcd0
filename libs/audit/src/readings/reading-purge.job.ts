import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { ReadingJournalService } from './reading-journal.service';

/** Deletes the rows of past hours; their lines stay in the journal. */
@Injectable()
export class ReadingPurgeJob extends PurgeJob {
  constructor(readings: ReadingJournalService) {
    super({ readings });
  }
}
