import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService } from '@portillon/account';
import { FactorResetService } from '@portillon/access';
import { SecurityNoticeService } from '@portillon/security-notice';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { PendingSignInService, SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/actor';
import { AdministeredAccountService } from '../rights/administered-account.service';

/** Closes an account and opens it again; ends its sessions. */
@Injectable()
export class AccountClosuresService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly administration: AccountAdministrationService,
    private readonly factorReset: FactorResetService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly sessions: SessionService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /** Closes it, with whatever is open. @throws AppError `act.on-self`, `administrator.last`, `account.state` */
  async close(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.getOtherForAct(administrator, id);
    await this.transactions.run((tx) => this.closeAccount(administrator, account, reason, tx));
    return this.administered.get(administrator, id);
  }

  /** As {@link close}, of an account that was read for the act, in the caller's transaction. */
  async closeAccount(
    administrator: Administrator,
    account: Account,
    reason: string | undefined,
    tx: EntityManager,
  ): Promise<void> {
    await this.administered.requireOtherAdministrator(account, tx);
    await this.administered.lockForUpdate(account, tx);
    if (!(await this.administration.deactivate(account.id, tx))) throw new AppError('account.state');
    // The account's own row comes first: a sign-in that completes at this moment waits for it, and is refused.
    await this.factorReset.endAll(account.id, 'deactivated', tx);
    await this.journal.recordOnAccount(administrator, account, { name: 'user_archived', reason }, tx);
    await this.notices.notify('account-closed', account, { by: 'administrator' }, tx);
  }

  /**
   * Its directory deletes it: it is closed, where it is open, and hidden from the directory until it is opened again.
   * @throws AppError as {@link close} does
   */
  async remove(administrator: Administrator, id: string): Promise<void> {
    const account = await this.administered.getOtherForAct(administrator, id);
    await this.transactions.run(async (tx) => {
      if (account.status === 'DEACTIVATED')
        await this.journal.recordOnAccount(administrator, account, { name: 'user_archived' }, tx);
      else await this.closeAccount(administrator, account, undefined, tx);
      if (!(await this.administration.remove(account.id, tx))) throw new AppError('account.state');
    });
  }

  /** Its former password is void. @throws AppError `permission.denied`; `account.state` when it is open already */
  async reopen(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.getClosedForAct(administrator, id);
    await this.transactions.run(async (tx) => {
      await this.administered.lockForUpdate(account, tx);
      if (!(await this.administration.reactivate(account.id, tx))) throw new AppError('account.state');
      await this.journal.recordOnAccount(administrator, account, { name: 'user_reactivated', reason }, tx);
    });
    return this.administered.get(administrator, id);
  }

  /** Ends all sessions, with the sign-ins in progress. @throws AppError `not-found`, `permission.denied` */
  async endSessions(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.getForAct(administrator, id);
    await this.transactions.run(async (tx) => {
      await this.administered.lockForUpdate(account, tx);
      // Sessions last: a sign-in that completes at this moment holds its row until its session is there.
      await this.pendingSignIns.endAll(account.id, tx);
      await this.sessions.endAll(account.id, 'revoked_by_administrator', {}, tx);
      await this.journal.recordOnAccount(administrator, account, { name: 'session_revoked', reason }, tx);
    });
    return this.administered.get(administrator, id);
  }

  /** @throws AppError `not-found` alike for a session that is unknown, over, or of another account */
  async endSession(
    administrator: Administrator,
    id: string,
    session: string,
    reason?: string,
  ): Promise<Account> {
    const account = await this.administered.getForAct(administrator, id);
    await this.transactions.run(async (tx) => {
      await this.administered.lockForUpdate(account, tx);
      if (!(await this.sessions.endOf(account.id, session, 'revoked_by_administrator', tx)))
        throw new AppError('not-found');
      await this.journal.recordOnAccount(administrator, account, { name: 'session_revoked', reason }, tx);
    });
    return this.administered.get(administrator, id);
  }
}
