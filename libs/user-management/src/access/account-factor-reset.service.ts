import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService } from '@portillon/account';
import { FactorResetService } from '@portillon/access';
import { AuthenticatorService } from '@portillon/authenticator';
import { SecurityNoticeService } from '@portillon/security-notice';
import { Transactions } from '@portillon/persistence';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';
import { AdministeredAccountService } from '../rights/administered-account.service';

/**
 * Deletes the number, preferred channel, passkeys, authenticator app, recovery codes, remembered browsers, open codes and
 * sessions of an account. The next code comes by mail.
 */
@Injectable()
export class AccountFactorResetService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly administration: AccountAdministrationService,
    private readonly authenticators: AuthenticatorService,
    private readonly factorReset: FactorResetService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
  ) {}

  async reset(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.touch(administrator, id);
    await this.transactions.run(async (tx) => {
      await this.administered.claim(account, tx);
      await this.administration.resetPhone(account.id, tx);
      const ended = await this.authenticators.endAll(account.id, tx);
      await this.factorReset.endAll(account.id, 'factors_reset', tx);
      await this.journal.recordOnAccount(administrator, account, { name: 'authn_factors_reset', reason }, tx);
      if (account.phone) await this.notices.notify('phone-removed', account, { by: 'administrator' }, tx);
      if (ended.passkeys > 0)
        await this.notices.notify('passkey-removed', account, { by: 'administrator' }, tx);
      if (ended.totp) await this.notices.notify('totp-removed', account, { by: 'administrator' }, tx);
      if (ended.recoveryCodes)
        await this.notices.notify('recovery-codes-ended', account, { by: 'administrator' }, tx);
    });
    return this.administered.get(administrator, id);
  }
}
