import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { ChallengeService } from './challenge/challenge.service';
import { PasskeyService } from './passkey/passkey.service';
import { TotpService } from './totp/totp.service';

/** Deletes expired challenges, apps that were never confirmed, and passkeys 30 days after their end. */
@Injectable()
export class AuthenticatorPurgeJob extends PurgeJob {
  constructor(challenges: ChallengeService, passkeys: PasskeyService, totp: TotpService) {
    super({ challenges, passkeys, apps: totp });
  }
}
