import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { PendingSignInService, SessionService } from '@portillon/session';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';
import { AdministeredAccountService } from '../rights/administered-account.service';

/** The national id of an account is taken away: card and e-CPS open it no longer. */
@Injectable()
export class AccountUnlinkService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly accounts: AccountService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly sessions: SessionService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /** Ends the sessions, which the card or the e-CPS may have opened. @throws AppError `account.state` when it has none */
  async unlink(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.touch(administrator, id);
    const { nationalId } = account;
    if (!nationalId) throw new AppError('account.state');
    await this.transactions.run(async (tx) => {
      await this.administered.claim(account, tx);
      if (!(await this.accounts.unlinkNationalId(account.id, nationalId, tx)))
        throw new AppError('account.state');
      await this.pendingSignIns.endAll(account.id, tx);
      await this.sessions.endAll(account.id, 'identity_unlinked', {}, tx);
      await this.journal.recordOnAccount(administrator, account, { name: 'identity_unlinked', reason }, tx);
      await this.notices.notify('identity-unlinked', account, { by: 'administrator' }, tx);
    });
    return this.administered.get(administrator, id);
  }
}
