import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { WaysIn, WaysInService } from '@portillon/auth';
import { PasskeyService } from '@portillon/authenticator';
import { AdministeredAccountService } from '../core/administered-account.service';
import type { Administrator } from '../core/administrator.types';

/** What a sign-in would decide for people within an administrator's reach. */
@Injectable()
export class AccountWaysInService {
  constructor(
    private readonly administered: AdministeredAccountService,
    private readonly passkeys: PasskeyService,
    private readonly waysIn: WaysInService,
  ) {}

  /** @throws AppError `not-found` */
  async read(administrator: Administrator, accountId: string): Promise<WaysIn> {
    const account = await this.administered.get(administrator, accountId);
    return (await this.among([account])).get(account.id)!;
  }

  /** Of the accounts of one page. */
  async among(accounts: readonly Account[]): Promise<Map<string, WaysIn>> {
    const passkeys = await this.passkeys.listAll(accounts.map(({ id }) => id));
    const entrants = accounts.map((account) => ({
      account,
      passkeys: passkeys.filter(({ accountId }) => accountId === account.id),
    }));
    return this.waysIn.among(entrants);
  }
}
