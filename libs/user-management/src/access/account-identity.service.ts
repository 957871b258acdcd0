import { Injectable } from '@nestjs/common';
import { Account, IdentityVerificationService } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';
import { AdministeredAccountService } from '../rights/administered-account.service';

/** An administrator recognises the person of an account face to face. */
@Injectable()
export class AccountIdentityService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly identities: IdentityVerificationService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /**
   * Never one's own: else a stolen session of an administrator would vouch for the thief. Another time begins the three
   * years anew.
   * @throws AppError `not-found`, `permission.denied`, `act.on-self`, `account.state` when the account is closed
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
