import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PURGE_EVERY_MS, purgeAll, ScheduledJob } from '@portillon/kernel';
import { OtpService } from './otp.service';

/** Deletes codes a day after their end. */
@Injectable()
export class OtpPurgeJob extends ScheduledJob {
  constructor(private readonly otp: OtpService) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() =>
      purgeAll(
        {
          codes: (batch) => this.otp.purge(batch),
        },
        this.logger,
      ),
    );
  }
}
