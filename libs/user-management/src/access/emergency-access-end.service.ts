import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService } from '@portillon/account';
import { FactorResetService } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';
import { AdministeredAccountService } from '../rights/administered-account.service';
import { ALARM } from './emergency-access.service';

/** Ends an emergency access before its time, with the sessions that it opened. */
@Injectable()
export class EmergencyAccessEndService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly administration: AccountAdministrationService,
    private readonly factorReset: FactorResetService,
    private readonly journal: ActJournalService,
  ) {}

  /** @throws AppError `account.state` when no emergency access is open */
  async close(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.touch(administrator, id);
    await this.transactions.run(async (tx) => {
      await this.administered.claim(account, tx);
      if (!(await this.administration.closeEmergencyAccess(account.id, tx)))
        throw new AppError('account.state');
      await this.factorReset.endAll(account.id, 'emergency_access_closed', tx);
      const data = { ...ALARM, act: 'close' } as const;
      await this.journal.recordOnAccount(administrator, account, { name: 'authz_admin', reason, data }, tx);
    });
    return this.administered.get(administrator, id);
  }
}
