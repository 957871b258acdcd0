import { Injectable } from '@nestjs/common';
import {
  Account,
  AccountAdministrationService,
  AccountService,
  erasureRequestOf,
  PENDING_CHANGE_KINDS,
  PendingChange,
  PendingChangeKind,
  PendingChangeService,
} from '@portillon/account';
import { AppError, type ErrorCode } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { type ErasureResult, ErasureService } from '@portillon/personal-data';
import type { InvitationActor } from '@portillon/recovery';
import { NoticeKind, SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import {
  AccountEditEffectsService,
  ActJournalService,
  actOfChange,
  AdministeredAccountService,
  isManagedWithin,
  SecondAdministratorService,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';

/** The notice of a change that took effect. */
const APPLIED = {
  roles: 'rights-changed',
  identity: 'identity-linked',
  management: 'account-handed-over',
} as const satisfies Partial<Record<PendingChangeKind, NoticeKind>>;

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
    const account = await this.#accountToConfirm(administrator, id, kind);
    // Applies only what was checked: a newer version could be another account.
    if (account.version !== version) throw new AppError('precondition.failed');
    const pending = await this.#pendingOf(account, kind);
    await this.second.requireSecond(administrator, pending);
    await this.transactions.run(async (tx) => {
      await this.apply(pending, account, version, { id: actor.id, client }, tx);
      const act = { ...actOfChange(pending, 'confirmed'), reason };
      await this.journal.recordOnAccount(administrator, account, act, tx);
      if (kind === 'management') await this.#recordReceived(administrator, pending, reason, tx);
    });
    return this.administered.get(administrator, id);
  }

  /**
   * The account stays as it is. Of two structures that hand it over, either cancels.
   * @throws AppError `account.state` when none waits, `not-found`, `permission.denied`
   */
  async cancel(administrator: Administrator, id: string, kind: string, reason?: string): Promise<Account> {
    const account = await this.#accountToCancel(administrator, id, kind);
    const pending = await this.#pendingOf(account, kind);
    await this.transactions.run(async (tx) => {
      if (!(await this.pendingChanges.cancel(pending.id, tx))) throw new AppError('account.state');
      const act = { ...actOfChange(pending, 'cancelled'), reason };
      await this.journal.recordOnAccount(administrator, account, act, tx);
    });
    return this.administered.getVisible(administrator, id);
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
    if (pending.kind !== 'identity') await this.effects.refreshRights(after, true, tx);
    const structure = after.structure?.name;
    return this.notices.notify(APPLIED[pending.kind], after, { by: 'administrator', structure }, tx);
  }

  /** The structure that is to manage the account decides, by an administrator who reaches it. */
  async #accountToConfirm(administrator: Administrator, id: string, kind: string): Promise<Account> {
    if (kind === 'erasure') return this.administered.getOtherForAct(administrator, id);
    const handOver = kind === 'management' && (await this.pendingChanges.find(id, kind));
    if (handOver && id === administrator.actor.id) throw new AppError('act.on-self');
    return handOver
      ? this.administered.getMember(administrator, id, handOver.value)
      : this.administered.getForAct(administrator, id);
  }

  async #accountToCancel(administrator: Administrator, id: string, kind: string): Promise<Account> {
    const account = await this.administered.getVisible(administrator, id);
    return isManagedWithin(administrator.scope, account)
      ? this.administered.getForAct(administrator, id)
      : this.#accountToConfirm(administrator, id, kind);
  }

  /** In the journal of the structure that manages the account now. */
  #recordReceived(
    administrator: Administrator,
    { accountId: id, value }: PendingChange,
    reason: string | undefined,
    tx: EntityManager,
  ): Promise<void> {
    const account = { id, structure: { id: value } };
    return this.journal.recordOnAccount(administrator, account, { name: 'account_handed_over', reason }, tx);
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
