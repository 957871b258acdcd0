import { Injectable } from '@nestjs/common';
import { Account } from '@portillon/account';
import { AccountLimitService } from '@portillon/access';
import { InvitationService } from '@portillon/recovery';
import { SecurityNoticeService } from '@portillon/security-notice';
import { Transactions } from '@portillon/persistence';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';
import { AccountLockService } from './account-lock.service';
import { AdministeredAccountService } from '../rights/administered-account.service';

/**
 * Clears wrong passwords, wrong codes, limit counters and an open report of an account: its holder may try again at once.
 * One whose password is void gets a link to choose another.
 */
@Injectable()
export class AccountUnlockService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly locks: AccountLockService,
    private readonly limits: AccountLimitService,
    private readonly invitations: InvitationService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
  ) {}

  async unlock(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.touch(administrator, id);
    await this.transactions.run(async (tx) => {
      await this.administered.claim(account, tx);
      await this.locks.end(account, tx);
      if (account.passwordVoid && account.status === 'ACTIVE')
        await this.invitations.sendPasswordLink(account, tx);
      await this.journal.recordOnAccount(administrator, account, { name: 'authn_unlock', reason }, tx);
      await this.notices.notify('account-unlocked', account, { by: 'administrator' }, tx);
    });
    await this.limits.clear(account);
    return this.administered.get(administrator, id);
  }
}
