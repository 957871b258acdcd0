import { Injectable } from '@nestjs/common';
import { AccountAdministrationService } from '@portillon/account';
import { FactorResetService } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { NoticeKind } from '@portillon/security-notice';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import { AdministeredAccountService } from '../rights/administered-account.service';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';

/** A means that an administrator ends, with its journal event and its notice. */
export interface FactorEnd {
  event: 'passkey_removed' | 'totp_removed' | 'recovery_codes_ended';
  notice: NoticeKind;
  reason?: string;
  data?: Record<string, unknown>;
  /** Whether the account had it. */
  remove(accountId: string, tx: EntityManager): Promise<boolean>;
}

/** Ends any means on behalf of an administrator: a lost phone, a lost sheet of codes, a stolen secret. */
@Injectable()
export class FactorEndService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly administration: AccountAdministrationService,
    private readonly factorReset: FactorResetService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /** Also ends the sessions that it may have opened. @throws AppError `not-found`, `permission.denied` */
  async end(administrator: Administrator, accountId: string, factor: FactorEnd): Promise<void> {
    const account = await this.administered.touch(administrator, accountId);
    const { event: name, notice, reason, data } = factor;
    await this.transactions.run(async (tx) => {
      await this.administered.claim(account, tx);
      if (!(await factor.remove(account.id, tx))) throw new AppError('not-found');
      await this.administration.recordAccessChange(account.id, tx);
      await this.factorReset.endAll(account.id, name, tx);
      await this.journal.recordOnAccount(administrator, account, { name, reason, data }, tx);
      await this.notices.notify(notice, account, { by: 'administrator' }, tx);
    });
  }
}
