import { Injectable } from '@nestjs/common';
import { type Account, ErasureRequest, isPastDay, toErasureValue } from '@portillon/account';
import { AppError, Clock } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { ErasureService } from '@portillon/personal-data';
import { AdministeredAccountService, SecondAdministratorService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { requireErased } from '../pending/change-decision.service';

/** Erases accounts: on their holder's own request, or on a request that an administrator received. */
@Injectable()
export class AccountErasuresService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly erasure: ErasureService,
    private readonly second: SecondAdministratorService,
    private readonly clock: Clock,
  ) {}

  /**
   * Confirms the erasure that the account holder requested while signed in.
   * @throws AppError `act.on-self`, `administrator.last`, `account.state` when the account holder made no request
   */
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

  /**
   * Requests the erasure of a user who asked by letter or mail, or who left. It cannot be undone. It therefore always
   * waits for a second administrator or 24 hours, and the account holder is notified.
   * @throws AppError `act.on-self`, `administrator.last`, `validation.failed`, `account.state` when it is erased
   */
  async request(administrator: Administrator, id: string, asked: ErasureRequest): Promise<Account> {
    const account = await this.administered.getOtherForAct(administrator, id);
    if (!isPastDay(asked.receivedOn, this.clock.now())) throw noSuchDay();
    // An erased account has no mail address.
    if (account.email === '') throw new AppError('account.state');
    await this.transactions.run(async (tx) => {
      await this.administered.requireOtherAdministrator(account, tx);
      await this.administered.lockForUpdate(account, tx);
      const change = { kind: 'erasure', value: toErasureValue(asked) } as const;
      await this.second.request(administrator, account, change, asked.reason, tx);
    });
    return this.administered.get(administrator, id);
  }
}

function noSuchDay(): AppError {
  return new AppError('validation.failed', {
    errors: [{ field: 'receivedOn', code: 'invalid', message: '' }],
  });
}
