import { Injectable } from '@nestjs/common';
import { Account, isIdentityProven } from '@portillon/account';
import { AppError, Clock } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';
import { AdministeredAccountService } from '../rights/administered-account.service';

/** Asks users by mail to have their identity verified: one user, or all of a campaign. */
@Injectable()
export class AccountIdentityRequestService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
    private readonly clock: Clock,
  ) {}

  /**
   * Requests an identity; the mail leaves at most once an hour, however often this is called. @throws AppError
   * `not-found`, `permission.denied`, or `account.state` for an account that is not active or already proven
   */
  async ask(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.touch(administrator, id);
    if (account.status !== 'ACTIVE' || isIdentityProven(account.identity, this.clock.now()))
      throw new AppError('account.state');
    await this.transactions.run(async (tx) => {
      await this.administered.claim(account, tx);
      await this.journal.recordOnAccount(administrator, account, { name: 'identity_asked', reason }, tx);
      await this.notices.notify('identity-asked', account, { by: 'administrator' }, tx);
    });
    return account;
  }
}
