import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { Transactions } from '@portillon/persistence';
import { ErasureService } from '@portillon/personal-data';
import { AdministeredAccountService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { requireErased } from './require-erased';

/** Confirms the erasure that the account holder requested while signed in. */
@Injectable()
export class AccountErasureService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly erasure: ErasureService,
  ) {}

  /** @throws AppError `act.on-self`, `administrator.last`, `account.state` when the account holder made no request */
  async erase(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.getOtherForAct(administrator, id);
    const cause = { actorId: administrator.actor.id, client: administrator.client, reason };
    await this.transactions.run(async (tx) => {
      await this.administered.lockForUpdate(account, tx);
      const result = await this.erasure.erase(account, { is: 'asked' }, cause, tx);
      requireErased(result, 'account.state');
    });
    return this.administered.get(administrator, id);
  }
}
