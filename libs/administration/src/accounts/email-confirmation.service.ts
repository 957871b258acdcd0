import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService, PendingEmail, PendingEmailService } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { ActJournalService } from '../act-journal.service';
import type { Administrator } from '../administrator.types';
import { AdministeredAccountService } from './administered-account.service';
import { EmailReplacementService } from './email-replacement.service';

/** A second administrator decides on a mail address that waits. */
@Injectable()
export class EmailConfirmationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly pendingEmails: PendingEmailService,
    private readonly administration: AccountAdministrationService,
    private readonly replacement: EmailReplacementService,
    private readonly journal: ActJournalService,
  ) {}

  /**
   * The address takes effect now. `version` is what the administrator saw: another request makes another version, so that
   * the address is the one that was looked at.
   *
   * @throws AppError `act.on-own-request`, `account.state` when none waits, `precondition.failed`, `not-found`,
   *   `permission.denied`
   */
  async confirm(
    administrator: Administrator,
    id: string,
    version: number,
    reason?: string,
  ): Promise<Account> {
    const { actor, client } = administrator;
    const account = await this.administered.touch(administrator, id);
    const pending = await this.#pendingOf(account);
    if (pending.requestedBy === actor.id) throw new AppError('act.on-own-request');
    await this.transactions.run(async (tx) => {
      if (!(await this.administration.replaceEmail(pending, version, tx)))
        throw new AppError('precondition.failed');
      const after = { ...account, email: pending.email };
      await this.replacement.apply(account, after, { id: actor.id, client }, tx);
      const act = { name: 'email_change_confirmed', reason } as const;
      await this.journal.recordOnAccount(administrator, account, act, tx);
    });
    return this.administered.get(administrator, id);
  }

  /** The address stays as it is. @throws AppError `account.state` when none waits, `not-found`, `permission.denied` */
  async cancel(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.touch(administrator, id);
    const pending = await this.#pendingOf(account);
    await this.transactions.run(async (tx) => {
      if (!(await this.pendingEmails.cancel(pending.id, tx))) throw new AppError('account.state');
      const act = { name: 'email_change_cancelled', reason } as const;
      await this.journal.recordOnAccount(administrator, account, act, tx);
    });
    return this.administered.get(administrator, id);
  }

  async #pendingOf(account: Account): Promise<PendingEmail> {
    const pending = await this.pendingEmails.find(account.id);
    if (!pending) throw new AppError('account.state');
    return pending;
  }
}
