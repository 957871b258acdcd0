import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { OtpService } from './otp.service';

/** Deletes codes a day after they ended. */
@Injectable()
export class OtpPurgeJob extends PurgeJob {
  constructor(otp: OtpService) {
    super({ codes: otp });
  }
}
