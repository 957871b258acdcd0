import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PURGE_EVERY_MS, purgeAll, ScheduledJob } from '@portillon/kernel';
import { ChallengeService } from './challenge/challenge.service';
import { PasskeyService } from './passkey/passkey.service';
import { TotpService } from './totp/totp.service';

/** Deletes challenges that are over, apps that were never confirmed, and passkeys that ended 30 days ago. */
@Injectable()
export class AuthenticatorPurgeJob extends ScheduledJob {
  constructor(
    private readonly challenges: ChallengeService,
    private readonly passkeys: PasskeyService,
    private readonly totp: TotpService,
  ) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() =>
      purgeAll(
        {
          challenges: (batch) => this.challenges.purge(batch),
          passkeys: (batch) => this.passkeys.purge(batch),
          apps: (batch) => this.totp.purge(batch),
        },
        this.logger,
      ),
    );
  }
}
