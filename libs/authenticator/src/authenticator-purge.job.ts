import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { ChallengeService } from './challenge/challenge.service';
import { PasskeyService } from './passkey/passkey.service';
import { TotpService } from './totp/totp.service';

/** Deletes challenges that are over, apps that were never confirmed, and passkeys that ended 30 days ago. */
@Injectable()
export class AuthenticatorPurgeJob extends PurgeJob {
  constructor(challenges: ChallengeService, passkeys: PasskeyService, totp: TotpService) {
    super({ challenges, passkeys, apps: totp });
  }
}
