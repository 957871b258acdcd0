import { Injectable } from '@nestjs/common';
import { SignInPolicy } from '@portillon/access';
import { AccountService } from '@portillon/account';
import type { Client } from '@portillon/http';
import { AppError, Channel } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { PendingSignInService } from '@portillon/session';
import { CodeDeliveryService } from './code-delivery.service';
import type { DeliveredCode } from './code-delivery.types';

/** Sends another code for a sign-in in progress. */
@Injectable()
export class CodeResendService {
  constructor(
    private readonly pendingSignIns: PendingSignInService,
    private readonly accounts: AccountService,
    private readonly policy: SignInPolicy,
    private readonly codes: CodeDeliveryService,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Writes another code and sends it. The previous code becomes void.
   *
   * @throws AppError `sign-in.required`, `channel.unavailable`, `resend.too-soon`, `attempts.exceeded`, `delivery.failed`
   */
  async resend(
    signInToken: string | undefined,
    channel: Channel | undefined,
    client: Client,
  ): Promise<DeliveredCode> {
    const signIn = await this.pendingSignIns.find(signInToken);
    const account = signIn && (await this.accounts.getForSignIn(signIn.accountId));
    // The structure may have changed its requirements since the user gave the password.
    if (!signIn || !account || !this.policy.judge(account, { means: 'password' }).opens)
      throw new AppError('sign-in.required');
    const request = { purpose: 'sign-in', binding: signIn.id, account, channel, client } as const;
    const pending = await this.codes.countedSend(request, (counted) =>
      this.transactions.run((tx) => this.codes.issue(counted, tx)),
    );
    return this.codes.deliver(pending);
  }
}
