import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService } from '@portillon/account';
import { FactorResetService } from '@portillon/access';
import { SecurityNoticeService } from '@portillon/security-notice';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';
import { AdministeredAccountService } from '../rights/administered-account.service';
import { LastAdministratorService } from './last-administrator.service';

/** An account is closed, and opened again. */
@Injectable()
export class AccountClosureService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly lastAdministrator: LastAdministratorService,
    private readonly administration: AccountAdministrationService,
    private readonly factorReset: FactorResetService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /** Closes it, with whatever is open. @throws AppError `act.on-self`, `administrator.last`, `account.state` */
  async close(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.touchOther(administrator, id);
    await this.transactions.run((tx) => this.#close(administrator, account, reason, tx));
    return this.administered.get(administrator, id);
  }

  /**
   * Its directory deletes it: it is closed, where it is open, and hidden from the directory until it is opened again.
   * @throws AppError as {@link close} does
   */
  async remove(administrator: Administrator, id: string): Promise<void> {
    const account = await this.administered.touchOther(administrator, id);
    await this.transactions.run(async (tx) => {
      if (account.status === 'DEACTIVATED')
        await this.journal.recordOnAccount(administrator, account, { name: 'user_archived' }, tx);
      else await this.#close(administrator, account, undefined, tx);
      if (!(await this.administration.remove(account.id, tx))) throw new AppError('account.state');
    });
  }

  /** Its former password is void. @throws AppError `permission.denied`; `account.state` when it is open already */
  async reopen(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.touchClosed(administrator, id);
    await this.transactions.run(async (tx) => {
      await this.administered.claim(account, tx);
      if (!(await this.administration.reactivate(account.id, tx))) throw new AppError('account.state');
      await this.journal.recordOnAccount(administrator, account, { name: 'user_reactivated', reason }, tx);
    });
    return this.administered.get(administrator, id);
  }

  async #close(
    administrator: Administrator,
    account: Account,
    reason: string | undefined,
    tx: EntityManager,
  ): Promise<void> {
    await this.lastAdministrator.requireAnother(account, tx);
    await this.administered.claim(account, tx);
    if (!(await this.administration.deactivate(account.id, tx))) throw new AppError('account.state');
    // The account's own row comes first: a sign-in that completes at this moment waits for it, and is refused.
    await this.factorReset.endAll(account.id, 'deactivated', tx);
    await this.journal.recordOnAccount(administrator, account, { name: 'user_archived', reason }, tx);
    await this.notices.notify('account-closed', account, { by: 'administrator' }, tx);
  }
}
