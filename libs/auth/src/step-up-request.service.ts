import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import type { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { OtpChannel } from '@portillon/otp';
import { Transactions } from '@portillon/persistence';
import type { Session } from '@portillon/session';
import { CodeDeliveryService } from './code-delivery.service';
import type { PendingCode } from './code-delivery.types';
import { SignInPolicy } from './sign-in.policy';

/** Asks for a code for a session that is open: at the 24-hour limit, or before a sensitive act. */
@Injectable()
export class StepUpRequestService {
  constructor(
    private readonly accounts: AccountService,
    private readonly policy: SignInPolicy,
    private readonly codes: CodeDeliveryService,
    private readonly transactions: Transactions,
  ) {}

  /** @throws AppError `session.required`, `channel.unavailable`, `resend.too-soon`, `attempts.exceeded`, `delivery.failed` */
  async request(session: Session, channel: OtpChannel | undefined, client: Client): Promise<PendingCode> {
    const account = await this.accounts.get(session.accountId);
    if (!this.policy.admits(account) || this.policy.forbids(session.means, account))
      throw new AppError('session.required');
    const request = { purpose: 'session', binding: session.id, account, channel, client } as const;
    const pending = await this.codes.countedSend(request, () =>
      this.transactions.run((tx) => this.codes.issue(request, tx)),
    );
    return this.codes.deliver(pending);
  }
}
