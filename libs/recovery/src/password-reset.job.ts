import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ScheduledJob, SECOND } from '@portillon/kernel';
import { PasswordResetService } from './password-reset.service';

const EVERY_MS = 3 * SECOND;
const BATCH = 50;

/** Answers requests for a new password in the background, so that response times do not reveal which names exist. */
@Injectable()
export class PasswordResetJob extends ScheduledJob {
  constructor(private readonly resets: PasswordResetService) {
    super();
  }

  @Interval(EVERY_MS)
  run(): Promise<void> {
    return this.turn(() => this.resets.answerWaiting(BATCH));
  }
}
