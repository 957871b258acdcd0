import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { AccountTokenService } from './tokens/account-token.service';
import { NoticeLinkService } from './tokens/notice-link.service';
import { PasswordAttemptService } from './password-attempt.service';
import { ResetRequestService } from './recovery/reset-request.service';

/** Deletes old password attempts, and expired reset requests and links. */
@Injectable()
export class CredentialPurgeJob extends PurgeJob {
  constructor(
    attempts: PasswordAttemptService,
    resetRequests: ResetRequestService,
    tokens: AccountTokenService,
    noticeLinks: NoticeLinkService,
  ) {
    super({ attempts, resetRequests, tokens, noticeLinks });
  }
}
