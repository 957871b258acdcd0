import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { AccountTokenService } from './tokens/account-token.service';
import { PasswordAttemptService } from './password-attempt.service';
import { ResetRequestService } from './recovery/reset-request.service';

/** Deletes password attempts, requests for a reset and links that no one can use any more. */
@Injectable()
export class CredentialPurgeJob extends PurgeJob {
  constructor(
    attempts: PasswordAttemptService,
    resetRequests: ResetRequestService,
    tokens: AccountTokenService,
  ) {
    super({ attempts, resetRequests, tokens });
  }
}
