import { Injectable } from '@nestjs/common';
import { CompletedSignIn, CompletionPlace, SignInCompletionService } from '@portillon/auth';
import { personOf } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import { PendingSignInService } from '@portillon/session';
import { TotpCheckService } from './totp-check.service';

export interface TotpSubmission extends CompletionPlace {
  signInToken: string | undefined;
  code: string;
}

/** The second step of a sign-in: the code of an authenticator app. */
@Injectable()
export class TotpSignInService {
  constructor(
    private readonly pendingSignIns: PendingSignInService,
    private readonly checks: TotpCheckService,
    private readonly completion: SignInCompletionService,
  ) {}

  /**
   * Opens the session, for the right code and once.
   *
   * @throws AppError `sign-in.required`, `totp.rejected`, `attempts.exceeded`, `code.exhausted`
   */
  async submit(submission: TotpSubmission): Promise<CompletedSignIn> {
    const { client, code } = submission;
    const signIn = await this.pendingSignIns.find(submission.signInToken);
    if (!signIn) throw new AppError('sign-in.required');
    const given = await this.checks.require(personOf(signIn), code, client);
    return this.checks.settle(personOf(signIn), client, this.completion.complete(signIn, given, submission));
  }
}
