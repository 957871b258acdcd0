import { Injectable } from '@nestjs/common';
import { CompletedSignIn, SignInCompletionService } from '@portillon/auth';
import { personOf } from '@portillon/access';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { PendingSignInService } from '@portillon/session';
import { RecoveryCodeCheckService } from './recovery-code-check.service';

export interface RecoveryCodeUse {
  signInToken: string | undefined;
  code: string;
  client: Client;
}

/** The second step of a sign-in for a user who has lost all other factors. Its session can only add a means. */
@Injectable()
export class RecoveryCodeSignInService {
  constructor(
    private readonly pendingSignIns: PendingSignInService,
    private readonly checks: RecoveryCodeCheckService,
    private readonly completion: SignInCompletionService,
  ) {}

  /**
   * Opens the session, for the right code and once. The browser is never remembered: a code of paper proves no 24 hours.
   *
   * @throws AppError `sign-in.required`, `recovery-code.rejected`, `attempts.exceeded`, `code.exhausted`
   */
  async submit({ signInToken, code, client }: RecoveryCodeUse): Promise<CompletedSignIn> {
    const signIn = await this.pendingSignIns.find(signInToken);
    if (!signIn) throw new AppError('sign-in.required');
    const given = await this.checks.require(personOf(signIn), code, client);
    const place = { rememberBrowser: false, client, browserCookie: undefined };
    return this.checks.settle(personOf(signIn), client, this.completion.complete(signIn, given, place));
  }
}
