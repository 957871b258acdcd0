import { Injectable } from '@nestjs/common';
import { Account, IdentityService } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';
import { AdministeredAccountService } from '../rights/administered-account.service';

/** Records that an administrator verified the identity of an account holder face to face. */
@Injectable()
export class AccountIdentityService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly identities: IdentityService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /**
   * Never one's own account: the thief of an administrator's session could attest themselves. A repeated verification
   * starts the three years again. @throws AppError `not-found`, `permission.denied`, `act.on-self`, `account.state` when
   * the account is closed
   */
  async attest(administrator: Administrator, id: string, reason: string): Promise<Account> {
    const account = await this.administered.touchOther(administrator, id);
    await this.transactions.run(async (tx) => {
      await this.administered.claim(account, tx);
      if (!(await this.identities.attest(account.id, administrator.actor.id, tx)))
        throw new AppError('account.state');
      const act = { name: 'identity_verified', reason, data: { method: 'face-to-face' } } as const;
      await this.journal.recordOnAccount(administrator, account, act, tx);
      await this.notices.notify('identity-verified', account, { by: 'administrator' }, tx);
    });
    return this.administered.get(administrator, id);
  }
}
