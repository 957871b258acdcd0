import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService } from '@portillon/account';
import { FactorResetService } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { ActJournalService } from '../core/act-journal.service';
import type { Administrator } from '../core/administrator.types';
import { AccountTraceService } from './account-trace.service';
import { AdministeredAccountService } from '../core/administered-account.service';
import { LastAdministratorService } from './last-administrator.service';

/** Confirms the erasure that the person asked for: from then on the account names its person no more. */
@Injectable()
export class AccountErasureService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly lastAdministrator: LastAdministratorService,
    private readonly administration: AccountAdministrationService,
    private readonly factorReset: FactorResetService,
    private readonly traces: AccountTraceService,
    private readonly journal: ActJournalService,
  ) {}

  /** @throws AppError `act.on-self`, `administrator.last`, `account.state` when the person did not ask */
  async erase(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.touchOther(administrator, id);
    await this.transactions.run(async (tx) => {
      await this.lastAdministrator.requireAnother(account, tx);
      if (!(await this.administration.erase(account.id, tx))) throw new AppError('account.state');
      await this.factorReset.endAll(account.id, 'erased', tx);
      await this.traces.erase(account, tx);
      await this.journal.recordOnAccount(administrator, account, { name: 'user_deleted', reason }, tx);
    });
    return this.administered.get(administrator, id);
  }
}
