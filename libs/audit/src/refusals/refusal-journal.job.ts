import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { MINUTE, ScheduledJob } from '@portillon/kernel';
import { RefusalJournalService } from './refusal-journal.service';

/** Records the number of refusals that exceeded the limit of lines. */
@Injectable()
export class RefusalJournalJob extends ScheduledJob {
  constructor(private readonly refusals: RefusalJournalService) {
    super();
  }

  @Interval(MINUTE)
  run(): Promise<void> {
    return this.turn(() => this.refusals.recordEnded());
  }
}
