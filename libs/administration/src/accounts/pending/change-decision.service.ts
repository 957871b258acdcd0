import { Injectable } from '@nestjs/common';
import { Account, PENDING_CHANGE_KINDS, PendingChange, PendingChangeService } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import {
  ActJournalService,
  actOfChange,
  AdministeredAccountService,
  SecondAdministratorService,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { ChangeEffectService } from './change-effect.service';

/** A second administrator decides on a change that waits. */
@Injectable()
export class ChangeDecisionService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly pendingChanges: PendingChangeService,
    private readonly second: SecondAdministratorService,
    private readonly effects: ChangeEffectService,
    private readonly journal: ActJournalService,
  ) {}

  /**
   * Applies the change now. `version` is the one that the administrator saw. A new request creates a new version, so only
   * the reviewed change is applied.
   *
   * @throws AppError `act.on-own-request`, `act.on-machine-request`, `act.too-new-to-confirm`, `account.state` when none
   * waits, `account.taken`, `precondition.failed`, `not-found`, `permission.denied`; of an erasure `act.on-self` and
   * `administrator.last`
   */
  async confirm(
    administrator: Administrator,
    id: string,
    kind: string,
    version: number,
    reason?: string,
  ): Promise<Account> {
    const { actor, client } = administrator;
    const account = await (kind === 'erasure'
      ? this.administered.getOtherForAct(administrator, id)
      : this.administered.getForAct(administrator, id));
    // Applies only what was checked: a newer version could be another account.
    if (account.version !== version) throw new AppError('precondition.failed');
    const pending = await this.#pendingOf(account, kind);
    await this.second.requireSecond(administrator, pending);
    await this.transactions.run(async (tx) => {
      await this.effects.apply(pending, account, version, { id: actor.id, client }, tx);
      const act = { ...actOfChange(pending, 'confirmed'), reason };
      await this.journal.recordOnAccount(administrator, account, act, tx);
    });
    return this.administered.get(administrator, id);
  }

  /** The account stays as it is. @throws AppError `account.state` when none waits, `not-found`, `permission.denied` */
  async cancel(administrator: Administrator, id: string, kind: string, reason?: string): Promise<Account> {
    const account = await this.administered.getForAct(administrator, id);
    const pending = await this.#pendingOf(account, kind);
    await this.transactions.run(async (tx) => {
      if (!(await this.pendingChanges.cancel(pending.id, tx))) throw new AppError('account.state');
      const act = { ...actOfChange(pending, 'cancelled'), reason };
      await this.journal.recordOnAccount(administrator, account, act, tx);
    });
    return this.administered.get(administrator, id);
  }

  async #pendingOf(account: Account, asked: string): Promise<PendingChange> {
    const kind = PENDING_CHANGE_KINDS.find((one) => one === asked);
    if (!kind) throw new AppError('not-found');
    const pending = await this.pendingChanges.find(account.id, kind);
    if (!pending) throw new AppError('account.state');
    return pending;
  }
}
