import { Injectable } from '@nestjs/common';
import {
  CodeChannelService,
  FactorPolicy,
  FactorRegistry,
  holderOf,
  SignInPolicy,
  type OwnFactor,
} from '@portillon/access';
import { AccountService } from '@portillon/account';
import type { Client } from '@portillon/http';
import { AppError, Channel } from '@portillon/kernel';
import type { Receipt } from '@portillon/notification';
import { Transactions } from '@portillon/persistence';
import type { Session } from '@portillon/session';
import { CodeCheckService } from '../code/code-check.service';
import { CodeDeliveryService } from '../code/code-delivery.service';
import type { RequestedCode } from '../code/code.types';
import { SteppedUp, SignInCompletionService } from '../session/sign-in-completion.service';

const PURPOSE = 'session';

/** The code of a session that is open: at the 24-hour limit, or before a sensitive action. */
@Injectable()
export class StepUpService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly policy: SignInPolicy,
    private readonly factorPolicy: FactorPolicy,
    private readonly factors: FactorRegistry,
    private readonly channels: CodeChannelService,
    private readonly codes: CodeCheckService,
    private readonly delivery: CodeDeliveryService,
    private readonly completion: SignInCompletionService,
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
    const pending = await this.delivery.send(request);
    return { pending, alternatives: [...pending.otherChannels, ...own] };
  }

  /** @throws AppError `code.not-accepted`, `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded`, `session.required` */
  async submit(session: Session, code: string, client: Client): Promise<SteppedUp> {
    const account = await this.accounts.getForSignIn(session.accountId);
    if (!account) throw new AppError('session.required');
    // The code may have left while one still confirmed.
    if (!this.factorPolicy.acceptsCodes(account)) throw new AppError('code.not-accepted');
    const asked = { purpose: PURPOSE, binding: session.id, code } as const;
    const accepted = await this.codes.verify(asked, holderOf(session), client);
    try {
      return await this.transactions.run(async (tx) => {
        await this.codes.consume(accepted, tx);
        return this.completion.stepUp(session, this.codes.factorOf(accepted), client, tx);
      });
    } catch (error) {
      await this.codes.refundAfter(error, accepted);
      throw error;
    }
  }

  /** The delivery state of the latest code. */
  receipt({ id }: Pick<Session, 'id'>): Promise<Receipt> {
    return this.delivery.receipt(PURPOSE, id);
  }

  /** @throws AppError `code.not-accepted` when the user has no factor that counts as strong */
  #withoutCode(own: OwnFactor[], channel: Channel | undefined): RequestedCode {
    if (channel || own.length === 0) throw new AppError('code.not-accepted');
    return { pending: null, alternatives: own };
  }
}
