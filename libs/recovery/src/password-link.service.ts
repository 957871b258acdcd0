import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { audited, FactorResetService } from '@portillon/access';
import { AuditService } from '@portillon/audit';
import {
  AccountTokenKind,
  AccountTokenService,
  PasswordAttemptService,
  PasswordStrengthService,
  UsedToken,
} from '@portillon/credential';
import type { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import { LINK_KINDS, LinkCheckService } from './link-check.service';
import { ResetLimitService } from './reset-limit.service';

export interface PasswordLinkRequest {
  token: string;
  newPassword: string;
}

/**
 * A password chosen by a link that came by mail: the first one, or the next, which ends what another opened. It opens no
 * session and waives no code.
 */
@Injectable()
export class PasswordLinkService {
  constructor(
    private readonly links: LinkCheckService,
    private readonly passwords: PasswordStrengthService,
    private readonly transactions: Transactions,
    private readonly tokens: AccountTokenService,
    private readonly accounts: AccountService,
    private readonly attempts: PasswordAttemptService,
    private readonly factorReset: FactorResetService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
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
      return link && (await this.#store(kind, account, digest, client, tx)) ? link : undefined;
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

  /** `false` when the account is no longer one that this link is for. */
  async #store(
    kind: AccountTokenKind,
    account: Account,
    digest: string,
    client: Client,
    tx: EntityManager,
  ): Promise<boolean> {
    const isKept =
      kind === 'INVITATION'
        ? await this.accounts.activate(account.id, digest, tx)
        : await this.#replace(account, digest, client, tx);
    if (!isKept) return false;
    const event = { name: LINK_KINDS[kind].event, outcome: 'SUCCESS' } as const;
    await this.audit.record(audited(client, account, event), tx);
    return true;
  }

  /**
   * Unlocks the password step, because the old password is void. The code step stays locked: its codes go to the same
   * mailbox as the link (NIST SP 800-63B-4, 3.2.2).
   */
  async #replace(account: Account, digest: string, client: Client, tx: EntityManager): Promise<boolean> {
    if (!(await this.accounts.resetPassword(account.id, digest, tx))) return false;
    await this.attempts.unlock(account.username, tx);
    await this.factorReset.endAll(account.id, 'password_reset', tx);
    await this.notices.notify('password-changed', account, { client }, tx);
    return true;
  }
}
