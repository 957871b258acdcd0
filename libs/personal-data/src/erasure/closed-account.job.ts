import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { AccountService, ClosedAccount, AccountRetentionService, OverdueAccount } from '@portillon/account';
import { PURGE_EVERY_MS, ScheduledJob } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { ErasureService } from './erasure.service';

const BATCH = 500;

/**
 * Erases accounts at the end of the operator's retention period after closing (GDPR, article 5(1)(e)). Notifies the
 * account holder 30 days before. Each runs once across all instances.
 */
@Injectable()
export class ClosedAccountJob extends ScheduledJob {
  constructor(
    private readonly transactions: Transactions,
    private readonly closedAccounts: AccountRetentionService,
    private readonly accounts: AccountService,
    private readonly erasure: ErasureService,
    private readonly notices: SecurityNoticeService,
  ) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(async () => {
      const unnotified = await this.closedAccounts.findUnnotified(BATCH);
      await this.each(unnotified, erasureOf, (closed) => this.#notify(closed));
      const overdue = await this.closedAccounts.findOverdue(BATCH);
      await this.each(overdue, erasureOf, (one) => this.#erase(one));
    });
  }

  #notify(closed: ClosedAccount): Promise<void> {
    return this.transactions.run(async (tx) => {
      if (!(await this.closedAccounts.setErasure(closed, tx))) return;
      await this.notices.notify('erasure-due', { id: closed.accountId }, { until: closed.erasedAt }, tx);
    });
  }

  async #erase({ accountId, ground }: OverdueAccount): Promise<void> {
    const account = await this.accounts.get(accountId);
    if (!account) return;
    const cause = { reason: 'closed-for-long' } as const;
    await this.transactions.run((tx) => this.erasure.erase(account, ground, cause, tx));
  }
}

/** The name in the log. */
function erasureOf({ accountId }: { accountId: string }): string {
  return `erasure of account ${accountId}`;
}
