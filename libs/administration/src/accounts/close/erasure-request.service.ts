import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { AppError, Clock } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { ErasureRequest, toErasureValue, isPastDay } from '@portillon/account';
import { AdministeredAccountService, SecondAdministratorService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';

/**
 * Erases the account of a user who requested it by letter or mail, or who left. It cannot be undone. It therefore always
 * waits for a second administrator or 24 hours, and the account holder is notified.
 */
@Injectable()
export class ErasureRequestService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly second: SecondAdministratorService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `act.on-self`, `administrator.last`, `validation.failed`, `account.state` when it is erased */
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
