import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ScheduledJob, SECOND } from '@portillon/kernel';
import { DispatcherService } from './dispatcher.service';

const EVERY_MS = 2 * SECOND;
/** As long as there are that many, the next are looked for without waiting. */
const BATCH = 50;

/** Sends messages for later, and ends those that a dead process had in hand. */
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
