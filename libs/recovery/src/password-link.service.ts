import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import {
  AccountTokenKind,
  AccountTokenService,
  PasswordAttemptService,
  PasswordHashingService,
  refuseWeakPassword,
} from '@portillon/credential';
import { AuditService } from '@portillon/audit';
import { audited, FactorResetService, IpThrottleService } from '@portillon/auth';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';

export interface PasswordLinkRequest {
  token: string;
  newPassword: string;
}

/** Who may use a link of each kind, and what the journal calls it. */
const KINDS = {
  INVITATION: { status: 'INVITED', event: 'user_activated', refusal: 'user_activated_fail' },
  PASSWORD_RESET: {
    status: 'ACTIVE',
    event: 'authn_password_reset',
    refusal: 'authn_password_reset_fail',
  },
} as const;

/** A password chosen by a link that came by mail: the first one, or the next. It signs nobody in and waives no code. */
@Injectable()
export class PasswordLinkService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly tokens: AccountTokenService,
    private readonly passwords: PasswordHashingService,
    private readonly attempts: PasswordAttemptService,
    private readonly factorReset: FactorResetService,
    private readonly notices: SecurityNoticeService,
    private readonly throttle: IpThrottleService,
    private readonly audit: AuditService,
  ) {}

  /**
   * The link is used up last, in the transaction that keeps the password: a password that is refused leaves it good, and
   * of two that come at once one holds.
   *
   * @throws AppError `token.rejected` whatever is wrong with the link or the account, `password.weak`,
   * `attempts.exceeded`, `service.busy`
   */
  async setPassword(
    kind: AccountTokenKind,
    { token, newPassword }: PasswordLinkRequest,
    client: Client,
  ): Promise<void> {
    await this.throttle.enforce('password', client);
    const account = await this.#holder(kind, token);
    if (account?.status !== KINDS[kind].status) {
      await this.throttle.countFailure('password', client);
      return this.#refuse(kind, account, client);
    }
    refuseWeakPassword(this.passwords, account, newPassword);
    const digest = await this.passwords.hash(newPassword);
    const kept = await this.transactions.run((tx) => this.#keep(kind, account, token, digest, client, tx));
    if (!kept) return this.#refuse(kind, account, client);
  }

  async #holder(kind: AccountTokenKind, token: string): Promise<Account | undefined> {
    const accountId = await this.tokens.find(kind, token);
    return accountId === undefined ? undefined : this.accounts.get(accountId);
  }

  async #keep(
    kind: AccountTokenKind,
    account: Account,
    token: string,
    digest: string,
    client: Client,
    tx: EntityManager,
  ): Promise<boolean> {
    if ((await this.tokens.use(kind, token, tx)) !== account.id) return false;
    const kept =
      kind === 'INVITATION'
        ? await this.accounts.activate(account.id, digest, tx)
        : await this.#replace(account, digest, client, tx);
    if (kept)
      await this.audit.record(audited(client, account, { name: KINDS[kind].event, outcome: 'SUCCESS' }), tx);
    return kept;
  }

  /**
   * Opens the lock of the password step: what was guessed there is a password no longer. The lock of the code step
   * stays, since the mailbox that the link went to is what the codes go to as well (NIST SP 800-63B-4, 3.2.2).
   */
  async #replace(account: Account, digest: string, client: Client, tx: EntityManager): Promise<boolean> {
    if (!(await this.accounts.resetPassword(account.id, digest, tx))) return false;
    await this.attempts.unlock(account.username, tx);
    await this.factorReset.endAll(account.id, 'password_reset', tx);
    await this.notices.notify('password-changed', account, { client }, tx);
    return true;
  }

  async #refuse(kind: AccountTokenKind, account: Account | undefined, client: Client): Promise<never> {
    const reason = account ? 'link-not-for-account' : 'link-not-good';
    const event = { name: KINDS[kind].refusal, outcome: 'FAILURE', reason } as const;
    await this.audit.record(audited(client, account, event));
    throw new AppError('token.rejected', { detail: reason });
  }
}
