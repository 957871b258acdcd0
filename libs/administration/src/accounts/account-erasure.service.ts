import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { ActJournalService } from '../core/act-journal.service';
import { AdministeredAccountService } from '../core/administered-account.service';
import type { Administrator } from '../core/administrator.types';
import { ErasureEffectService } from './erasure-effect.service';

/** Confirms the erasure that the person asked for while signed in. */
@Injectable()
export class AccountErasureService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly effect: ErasureEffectService,
    private readonly journal: ActJournalService,
  ) {}

  /** @throws AppError `act.on-self`, `administrator.last`, `account.state` when the person did not ask */
  async erase(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.touchOther(administrator, id);
    await this.transactions.run(async (tx) => {
      await this.administered.claim(account, tx);
      if (!(await this.effect.apply(account, { is: 'asked' }, tx))) throw new AppError('account.state');
      await this.journal.recordOnAccount(administrator, account, { name: 'user_deleted', reason }, tx);
    });
    return this.administered.get(administrator, id);
  }
}
