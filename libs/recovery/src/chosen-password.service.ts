import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { audited, FactorResetService } from '@portillon/access';
import { AccountTokenKind, PasswordAttemptService } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import { LINK_KINDS } from './link-kinds';

/** Keeps the password that was chosen by a link, the first one or the next, and ends what another opened. */
@Injectable()
export class ChosenPasswordService {
  constructor(
    private readonly accounts: AccountService,
    private readonly attempts: PasswordAttemptService,
    private readonly factorReset: FactorResetService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {}

  /** `false` when the account is no longer one that this link is for. */
  async keep(
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
