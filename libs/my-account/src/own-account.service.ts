import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { refusalOfState } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import { Session } from '@portillon/session';

/** The account of the signed-in user. */
@Injectable()
export class OwnAccountService {
  constructor(private readonly accounts: AccountService) {}

  /** @throws AppError `session.required` when the account was deactivated in the meantime */
  async get(session: Session): Promise<Account> {
    const account = await this.accounts.get(session.accountId);
    if (!account || refusalOfState(account)) throw new AppError('session.required');
    return account;
  }
}
