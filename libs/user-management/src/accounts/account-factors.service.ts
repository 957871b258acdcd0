import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService } from '@portillon/account';
import { FactorResetService } from '@portillon/access';
import {
  AuthenticatorService,
  PasskeyService,
  RecoveryCodeService,
  TotpService,
} from '@portillon/authenticator';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { type NoticeKind, SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/actor';
import { AdministeredAccountService } from '../rights/administered-account.service';

/** A factor that an administrator ends, with its journal event and its notice. */
interface FactorEnd {
  event: 'passkey_removed' | 'totp_removed' | 'recovery_codes_ended';
  notice: NoticeKind;
  reason?: string;
  data?: Record<string, unknown>;
  /** Whether the account had it. */
  remove(accountId: string, tx: EntityManager): Promise<boolean>;
}

/** Ends factors on behalf of an administrator: a lost phone, a lost sheet of codes, a stolen secret, or all at once. */
@Injectable()
export class AccountFactorsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly administration: AccountAdministrationService,
    private readonly authenticators: AuthenticatorService,
    private readonly passkeys: PasskeyService,
    private readonly totp: TotpService,
    private readonly recoveryCodes: RecoveryCodeService,
    private readonly factorReset: FactorResetService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /** @throws AppError `not-found`, `permission.denied` */
  endPasskey(administrator: Administrator, accountId: string, passkeyId: string, reason?: string) {
    return this.#end(administrator, accountId, {
      event: 'passkey_removed',
      notice: 'passkey-ended',
      reason,
      data: { passkeyId },
      remove: (owner, tx) => this.passkeys.end(owner, passkeyId, tx),
    });
  }

  /** @throws AppError `not-found`, `permission.denied` */
  endTotp(administrator: Administrator, accountId: string, reason?: string) {
    return this.#end(administrator, accountId, {
      event: 'totp_removed',
      notice: 'totp-removed',
      reason,
      remove: (owner, tx) => this.totp.end(owner, tx),
    });
  }

  /** @throws AppError `not-found`, `permission.denied` */
  endRecoveryCodes(administrator: Administrator, accountId: string, reason?: string) {
    return this.#end(administrator, accountId, {
      event: 'recovery_codes_ended',
      notice: 'recovery-codes-ended',
      reason,
      remove: (owner, tx) => this.recoveryCodes.end(owner, tx),
    });
  }

  /**
   * Deletes the number, preferred channel, passkeys, authenticator app, recovery codes, remembered browsers, open codes
   * and sessions of an account. The next code comes by mail.
   */
  async reset(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.getForAct(administrator, id);
    await this.transactions.run(async (tx) => {
      await this.administered.lockForUpdate(account, tx);
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

  /** Also ends the sessions that the factor may have opened. */
  async #end(administrator: Administrator, accountId: string, factor: FactorEnd): Promise<void> {
    const account = await this.administered.getForAct(administrator, accountId);
    const { event: name, notice, reason, data } = factor;
    await this.transactions.run(async (tx) => {
      await this.administered.lockForUpdate(account, tx);
      if (!(await factor.remove(account.id, tx))) throw new AppError('not-found');
      await this.administration.recordAccessChange(account.id, tx);
      await this.factorReset.endAll(account.id, name, tx);
      await this.journal.recordOnAccount(administrator, account, { name, reason, data }, tx);
      await this.notices.notify(notice, account, { by: 'administrator' }, tx);
    });
  }
}
