import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ScheduledJob, SECOND } from '@portillon/kernel';
import { DispatcherService } from './dispatcher.service';

const EVERY_MS = 2 * SECOND;
/** After a full batch the job looks for the next one without waiting. */
const BATCH = 50;

/** Sends queued messages, and ends the claims of dead processes. */
@Injectable()
export class DispatchJob extends ScheduledJob {
  constructor(private readonly dispatcher: DispatcherService) {
    super();
  }

  @Interval(EVERY_MS)
  run(): Promise<void> {
    return this.turn(async () => {
      while ((await this.dispatcher.dispatchPending(BATCH)) === BATCH);
    });
  }
}
