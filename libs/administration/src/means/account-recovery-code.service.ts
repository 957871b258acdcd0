import { Injectable } from '@nestjs/common';
import { FactorResetService } from '@portillon/auth';
import { RecoveryCodeService } from '@portillon/authenticator';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { AdministeredAccountService } from '../accounts/administered-account.service';
import { ActJournalService } from '../act-journal.service';
import type { Administrator } from '../administrator.types';

/** The recovery codes of a person, as an administrator ends them: a sheet that is lost, or that another person may have. */
@Injectable()
export class AccountRecoveryCodeService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly codes: RecoveryCodeService,
    private readonly factorReset: FactorResetService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /** Ends what one may have opened too. @throws AppError `not-found`, `permission.denied` */
  async end(administrator: Administrator, accountId: string, reason?: string): Promise<void> {
    const account = await this.administered.touch(administrator, accountId);
    await this.transactions.run(async (tx) => {
      if (!(await this.codes.end(account.id, tx))) throw new AppError('not-found');
      await this.factorReset.endAll(account.id, 'recovery_codes_ended', tx);
      const act = { name: 'recovery_codes_ended', reason } as const;
      await this.journal.recordOnAccount(administrator, account, act, tx);
      await this.notices.notify('recovery-codes-ended', account, { by: 'administrator' }, tx);
    });
  }
}
