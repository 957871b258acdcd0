import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService, AccountService } from '@portillon/account';
import { AppError, maskNationalId } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { PendingSignInService, SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/actor';
import { AdministeredAccountService } from '../rights/administered-account.service';
import { SecondAdministratorService } from './second-administrator.service';

/** Gives and takes away the national id, by which a card or an e-CPS opens an account. */
@Injectable()
export class AccountLinksService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly accounts: AccountService,
    private readonly administration: AccountAdministrationService,
    private readonly second: SecondAdministratorService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly sessions: SessionService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /**
   * At once, or after a second administrator or 24 hours: the card may be the administrator's own.
   * @throws AppError `account.state` when it has one already, `account.taken` when another account has this one
   */
  async link(
    administrator: Administrator,
    id: string,
    nationalId: string,
    reason?: string,
  ): Promise<Account> {
    const account = await this.administered.getForAct(administrator, id);
    if (account.nationalId) throw new AppError('account.state');
    const holder = await this.accounts.findByNationalId(nationalId);
    // The account itself may have it since it was read: the lock below refuses this request.
    if (holder && holder.id !== account.id) throw new AppError('account.taken');
    await this.transactions.run(async (tx) => {
      await this.administered.lockForUpdate(account, tx);
      await this.#linkOrRequest(administrator, account, nationalId, reason, tx);
    });
    return this.administered.get(administrator, id);
  }

  /** Ends the sessions, which the card or the e-CPS may have opened. @throws AppError `account.state` when it has none */
  async unlink(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.getForAct(administrator, id);
    if (!account.nationalId) throw new AppError('account.state');
    await this.transactions.run(async (tx) => {
      await this.administered.lockForUpdate(account, tx);
      await this.#unlink(administrator, account, reason, tx);
    });
    return this.administered.get(administrator, id);
  }

  /**
   * Takes the national id away and gives this one, of an account that was read for the act, in the caller's transaction.
   * The new one waits where {@link link} waits; until then neither number opens the account.
   *
   * @throws AppError `precondition.failed`, `account.state`, `account.taken`
   */
  async replace(
    administrator: Administrator,
    account: Account,
    nationalId: string,
    reason: string | undefined,
    tx: EntityManager,
  ): Promise<void> {
    if ((await this.accounts.findTaken([], [nationalId], tx)).size > 0) throw new AppError('account.taken');
    await this.administered.lockForUpdate(account, tx);
    await this.#unlink(administrator, account, reason, tx);
    await this.#linkOrRequest(administrator, account, nationalId, reason, tx);
  }

  async #unlink(
    administrator: Administrator,
    account: Account,
    reason: string | undefined,
    tx: EntityManager,
  ): Promise<void> {
    if (!(await this.accounts.unlinkNationalId(account.id, account.nationalId!, tx)))
      throw new AppError('account.state');
    await this.pendingSignIns.endAll(account.id, tx);
    await this.sessions.endAll(account.id, 'identity_unlinked', {}, tx);
    await this.journal.recordOnAccount(administrator, account, { name: 'identity_unlinked', reason }, tx);
    await this.notices.notify('identity-unlinked', account, { by: 'administrator' }, tx);
  }

  async #linkOrRequest(
    administrator: Administrator,
    account: Account,
    nationalId: string,
    reason: string | undefined,
    tx: EntityManager,
  ): Promise<void> {
    if (!this.second.isNeeded(account)) return this.#link(administrator, account, nationalId, reason, tx);
    const change = { kind: 'identity', value: nationalId } as const;
    await this.second.request(administrator, account, change, reason, tx);
  }

  async #link(
    administrator: Administrator,
    account: Account,
    nationalId: string,
    reason: string | undefined,
    tx: EntityManager,
  ): Promise<void> {
    if (!(await this.accounts.linkNationalId(account.id, nationalId, tx)))
      throw new AppError('account.taken');
    await this.administration.recordAccessChange(account.id, tx);
    const data = { nationalId: maskNationalId(nationalId) };
    const act = { name: 'identity_linked', reason, data } as const;
    await this.journal.recordOnAccount(administrator, account, act, tx);
    await this.notices.notify('identity-linked', account, { by: 'administrator' }, tx);
  }
}
