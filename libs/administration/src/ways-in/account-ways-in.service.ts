import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { Entrant, WaysIn, WaysInService } from '@portillon/auth';
import { PasskeyService } from '@portillon/authenticator';
import { ApplicationWayIn, ApplicationExplanationsService } from '@portillon/administration-applications';
import { AdministeredAccountService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';

/** Explains a sign-in's decision for people within an administrator's reach. */
@Injectable()
export class AccountWaysInService {
  constructor(
    private readonly administered: AdministeredAccountService,
    private readonly passkeys: PasskeyService,
    private readonly waysIn: WaysInService,
    private readonly applications: ApplicationExplanationsService,
  ) {}

  /** `application`: an id, of one to open. @throws AppError `not-found`, of either beyond reach */
  async read(
    administrator: Administrator,
    accountId: string,
    application?: string,
  ): Promise<{ account: Account; waysIn: WaysIn; application?: ApplicationWayIn }> {
    const account = await this.administered.read(administrator, accountId);
    const [entrant] = await this.#entrants([account]);
    const waysIn = await this.waysIn.of(entrant!);
    if (application === undefined) return { account, waysIn };
    const opened = await this.applications.explainWayIn(administrator, entrant!, waysIn, application);
    return { account, waysIn, application: opened };
  }

  /** For the accounts of one page. */
  async among(accounts: readonly Account[]): Promise<Map<string, WaysIn>> {
    return this.waysIn.among(await this.#entrants(accounts));
  }

  async #entrants(accounts: readonly Account[]): Promise<Entrant[]> {
    const passkeys = await this.passkeys.listAll(accounts.map(({ id }) => id));
    return accounts.map((account) => ({
      account,
      passkeys: passkeys.filter(({ accountId }) => accountId === account.id),
    }));
  }
}
