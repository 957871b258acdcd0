import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import type { Client } from '@portillon/http';
import { AppError, Channel } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { Session } from '@portillon/session';
import { CodeChannelService, FactorRegistry, SignInPolicy } from '@portillon/access';
import type { OwnFactor } from '@portillon/access';
import { CodeDeliveryService } from '../code/code-delivery.service';
import type { RequestedCode } from '../code/code-delivery.types';

const PURPOSE = 'session';

/** Requests a code in an open session: at the 24-hour limit, or before a sensitive action. */
@Injectable()
export class StepUpRequestService {
  constructor(
    private readonly accounts: AccountService,
    private readonly policy: SignInPolicy,
    private readonly codes: CodeDeliveryService,
    private readonly transactions: Transactions,
    private readonly factors: FactorRegistry,
    private readonly channels: CodeChannelService,
  ) {}

  /** @throws AppError `session.required`, `code.not-accepted`, `channel.unavailable`, `resend.too-soon`, `attempts.exceeded`, `delivery.failed` */
  async request(session: Session, channel: Channel | undefined, client: Client): Promise<RequestedCode> {
    const account = await this.accounts.getForSignIn(session.accountId);
    if (!account || !this.policy.judge(account, { means: session.means }).opens)
      throw new AppError('session.required');
    const own = await this.factors.confirming(account);
    const channels = this.channels.of(account, PURPOSE);
    if (channels.length === 0) return this.#withoutCode(own, channel);
    if (!channel && this.factors.isSilent(own))
      return { pending: null, alternatives: this.factors.ordered(own, channels) };
    const request = { purpose: PURPOSE, binding: session.id, account, channel, client } as const;
    const issued = await this.codes.countedSend(request, (counted) =>
      this.transactions.run((tx) => this.codes.issue(counted, tx)),
    );
    const pending = await this.codes.deliver(issued);
    return { pending, alternatives: [...pending.otherChannels, ...own] };
  }

  /** @throws AppError `code.not-accepted` when the user has no factor that counts as strong */
  #withoutCode(own: OwnFactor[], channel: Channel | undefined): RequestedCode {
    if (channel || own.length === 0) throw new AppError('code.not-accepted');
    return { pending: null, alternatives: own };
  }
}
