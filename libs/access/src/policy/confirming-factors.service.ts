import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { CodeChannelService } from './code-channel.service';
import { FactorRegistry } from './factor.registry';
import type { Factor } from './factor.types';

/** The factors by which users may confirm their identity in an open session. */
@Injectable()
export class ConfirmingFactorsService {
  constructor(
    private readonly accounts: AccountService,
    private readonly factors: FactorRegistry,
    private readonly channels: CodeChannelService,
  ) {}

  /** Returns the user’s factors, the preferred one first. Sends no message. */
  async of(accountId: string): Promise<Factor[]> {
    const account = await this.accounts.getForSignIn(accountId);
    if (!account) return [];
    const own = await this.factors.confirming(account);
    return this.factors.ordered(own, this.channels.of(account, 'session'));
  }
}
