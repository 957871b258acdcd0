import { Injectable } from '@nestjs/common';
import {
  Account,
  AccountAdministrationService,
  AccountService,
  erasureRequestOf,
  PENDING_CHANGE_KINDS,
  PendingChange,
  PendingChangeService,
} from '@portillon/account';
import { AppError, type ErrorCode } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { type ErasureResult, ErasureService } from '@portillon/personal-data';
import type { InvitationActor } from '@portillon/recovery';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import {
  AccountEditEffectsService,
  ActJournalService,
  actOfChange,
  AdministeredAccountService,
  SecondAdministratorService,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';

/** A change that waits: a second administrator confirms or cancels it, and it takes effect. */
@Injectable()
export class ChangeDecisionService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly accounts: AccountService,
    private readonly administration: AccountAdministrationService,
    private readonly pendingChanges: PendingChangeService,
    private readonly second: SecondAdministratorService,
    private readonly effects: AccountEditEffectsService,
    private readonly erasure: ErasureService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
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
      await this.apply(pending, account, version, { id: actor.id, client }, tx);
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

  /**
   * The change takes effect, with what follows from it.
   * @throws AppError `precondition.failed` when it waits no longer or the account is not as `version` says,
   *   `account.taken` when another account has the national id, `administrator.last` when it would be erased
   */
  async apply(
    pending: PendingChange,
    before: Account,
    version: number,
    actor: InvitationActor,
    tx: EntityManager,
  ): Promise<void> {
    if (pending.kind === 'erasure') return this.#erase(pending, before, version, actor, tx);
    const result = await this.administration.applyPending(pending, version, tx);
    if (result === 'moved') throw new AppError('precondition.failed');
    if (result === 'taken') throw new AppError('account.taken');
    const after = (await this.accounts.get(before.id, tx))!;
    if (pending.kind === 'email') return this.effects.replaceEmail(before, after, actor, tx);
    if (pending.kind === 'roles') await this.effects.refreshRights(after, true, tx);
    const notice = pending.kind === 'roles' ? 'rights-changed' : 'identity-linked';
    return this.notices.notify(notice, after, { by: 'administrator' }, tx);
  }

  async #erase(
    pending: PendingChange,
    before: Account,
    version: number,
    { id: actorId, client }: InvitationActor,
    tx: EntityManager,
  ): Promise<void> {
    const ground = { is: 'confirmed', version, pendingId: pending.id } as const;
    const { receivedOn, reason } = erasureRequestOf(pending.value);
    const cause = { reason, data: { receivedOn }, actorId, client };
    requireErased(await this.erasure.erase(before, ground, cause, tx), 'precondition.failed');
  }

  async #pendingOf(account: Account, asked: string): Promise<PendingChange> {
    const kind = PENDING_CHANGE_KINDS.find((one) => one === asked);
    if (!kind) throw new AppError('not-found');
    const pending = await this.pendingChanges.find(account.id, kind);
    if (!pending) throw new AppError('account.state');
    return pending;
  }
}

/** @throws AppError `administrator.last`, or `changed` when the ground no longer holds: the transaction rolls back. */
export function requireErased(result: ErasureResult, changed: ErrorCode): void {
  if (result === 'last-administrator') throw new AppError('administrator.last');
  if (result === 'changed') throw new AppError(changed);
}
