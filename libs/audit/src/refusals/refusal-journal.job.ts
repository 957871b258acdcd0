import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { MINUTE, ScheduledJob } from '@portillon/kernel';
import { RefusalJournalService } from './refusal-journal.service';

/** Counts in the journal what was refused too often for a line each. */
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
