import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { CodeChannelService } from './code-channel.service';
import { FactorWay, SecondFactorRegistry, waysInOrder } from './second-factor.registry';

/** By what a person may confirm who they are in a session that is open. */
@Injectable()
export class ConfirmingWaysService {
  constructor(
    private readonly accounts: AccountService,
    private readonly factors: SecondFactorRegistry,
    private readonly channels: CodeChannelService,
  ) {}

  /** The ways of giving a code, the preferred one first; nothing is sent. */
  async of(accountId: string): Promise<FactorWay[]> {
    const account = await this.accounts.getForSignIn(accountId);
    if (!account) return [];
    const own = await this.factors.confirming(account);
    return waysInOrder(own, this.channels.of(account, 'session'));
  }
}
