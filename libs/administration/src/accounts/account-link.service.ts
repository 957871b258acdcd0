import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { SecurityNoticeService } from '@portillon/security-notice';
import { AppError, maskNationalId } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { PendingSignInService, SessionService } from '@portillon/session';
import { ActJournalService } from '../act-journal.service';
import type { Administrator } from '../administrator.types';
import { AdministeredAccountService } from './administered-account.service';

/** The national id by which a card or an e-CPS opens an account: given, and taken away. */
@Injectable()
export class AccountLinkService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly accounts: AccountService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly sessions: SessionService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /** @throws AppError `account.state` when it has one already, `account.taken` when another account has this one */
  async link(
    administrator: Administrator,
    id: string,
    nationalId: string,
    reason?: string,
  ): Promise<Account> {
    const account = await this.administered.touch(administrator, id);
    if (account.nationalId) throw new AppError('account.state');
    const data = { nationalId: maskNationalId(nationalId) };
    await this.transactions.run(async (tx) => {
      if (!(await this.accounts.linkNationalId(account.id, nationalId, tx)))
        throw new AppError('account.taken');
      const act = { name: 'identity_linked', reason, data } as const;
      await this.journal.recordOnAccount(administrator, account, act, tx);
      await this.notices.notify('identity-linked', account, { by: 'administrator' }, tx);
    });
    return this.administered.get(administrator, id);
  }

  /** Ends the sessions, which the card or the e-CPS may have opened. @throws AppError `account.state` when it has none */
  async unlink(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.touch(administrator, id);
    const { nationalId } = account;
    if (!nationalId) throw new AppError('account.state');
    await this.transactions.run(async (tx) => {
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
