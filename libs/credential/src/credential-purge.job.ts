import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PURGE_EVERY_MS, purgeAll, ScheduledJob } from '@portillon/kernel';
import { AccountTokenService } from './tokens/account-token.service';
import { PasswordAttemptService } from './password-attempt.service';
import { ResetRequestService } from './recovery/reset-request.service';

/** Deletes password attempts, requests for a reset and links that no one can use any more. */
@Injectable()
export class CredentialPurgeJob extends ScheduledJob {
  constructor(
    private readonly attempts: PasswordAttemptService,
    private readonly resetRequests: ResetRequestService,
    private readonly tokens: AccountTokenService,
  ) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() =>
      purgeAll(
        {
          attempts: (batch) => this.attempts.purge(batch),
          resetRequests: (batch) => this.resetRequests.purge(batch),
          tokens: (batch) => this.tokens.purge(batch),
        },
        this.logger,
      ),
    );
  }
}
