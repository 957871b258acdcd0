import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import {
  AccountTokenKind,
  AccountTokenService,
  PasswordStrengthService,
  UsedToken,
} from '@portillon/credential';
import type { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { ChosenPasswordService } from './chosen-password.service';
import { LinkCheckService } from './link-check.service';
import { ResetLimitService } from './reset-limit.service';

export interface PasswordLinkRequest {
  token: string;
  newPassword: string;
}

/** A password chosen by a link that came by mail: the first one, or the next. It opens no session and waives no code. */
@Injectable()
export class PasswordLinkService {
  constructor(
    private readonly links: LinkCheckService,
    private readonly passwords: PasswordStrengthService,
    private readonly transactions: Transactions,
    private readonly tokens: AccountTokenService,
    private readonly chosen: ChosenPasswordService,
    private readonly limits: ResetLimitService,
  ) {}

  /** Returns the account of a link, which stays valid. @throws AppError `token.rejected`, `attempts.exceeded` */
  async holder(kind: AccountTokenKind, token: string, client: Client): Promise<{ username: string }> {
    const { username } = await this.links.holder(kind, token, client);
    return { username };
  }

  /**
   * Consumes the link last, in the transaction that stores the password. A refused password leaves the link valid, and only
   * one of two concurrent requests succeeds.
   *
   * @throws AppError `token.rejected` whatever is wrong with the link or the account, `password.weak`, `attempts.exceeded`,
   * `service.busy`
   */
  async setPassword(
    kind: AccountTokenKind,
    { token, newPassword }: PasswordLinkRequest,
    client: Client,
  ): Promise<void> {
    const account = await this.links.holder(kind, token, client);
    const digest = await this.passwords.digest(account, newPassword);
    const used = await this.transactions.run(async (tx) => {
      const link = await this.#use(kind, token, account, tx);
      return link && (await this.chosen.keep(kind, account, digest, client, tx)) ? link : undefined;
    });
    if (!used) return this.links.refuse(kind, account, client);
    await this.limits.giveBackRequest(used);
  }

  async #use(
    kind: AccountTokenKind,
    token: string,
    { id }: Account,
    tx: EntityManager,
  ): Promise<UsedToken | undefined> {
    const used = await this.tokens.use(kind, token, tx);
    return used?.accountId === id ? used : undefined;
  }
}
