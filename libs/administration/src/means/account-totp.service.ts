import { Injectable } from '@nestjs/common';
import { FactorResetService } from '@portillon/auth';
import { TotpService } from '@portillon/authenticator';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { AdministeredAccountService } from '../accounts/administered-account.service';
import { ActJournalService } from '../act-journal.service';
import type { Administrator } from '../administrator.types';

/** The authenticator app of a person, as an administrator ends it: a lost phone, a secret that another person may have. */
@Injectable()
export class AccountTotpService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly totp: TotpService,
    private readonly factorReset: FactorResetService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /** Ends what it may have opened too. @throws AppError `not-found`, `permission.denied` */
  async end(administrator: Administrator, accountId: string, reason?: string): Promise<void> {
    const account = await this.administered.touch(administrator, accountId);
    await this.transactions.run(async (tx) => {
      if (!(await this.totp.end(account.id, tx))) throw new AppError('not-found');
      await this.factorReset.endAll(account.id, 'totp_removed', tx);
      await this.journal.recordOnAccount(administrator, account, { name: 'totp_removed', reason }, tx);
      await this.notices.notify('totp-removed', account, { by: 'administrator' }, tx);
    });
  }
}
