import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService, AccountChanges, NameParts } from '@portillon/account';
import { AuditData } from '@portillon/audit';
import { AppError, Clock } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { AccessRefusalService } from '../rights/access-refusal.service';
import { ActJournalService, JournalAct } from '../rights/act-journal.service';
import type { Administrator } from '../rights/actor';
import { AdministeredAccountService } from '../rights/administered-account.service';
import { isMachine, isWithinReach, isNational, isPrivileged, keepsRights } from '../rights/rights.policy';
import { AccountEditEffectsService } from './account-edit-effects.service';
import { accountTaken } from './accounts.errors';
import { waitingChanges } from './four-eyes.policy';

/** Changes the fields of an account. */
@Injectable()
export class AccountEditsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly administration: AccountAdministrationService,
    private readonly effects: AccountEditEffectsService,
    private readonly refusals: AccessRefusalService,
    private readonly journal: ActJournalService,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes the account, if it still has `version`. New rights apply at once, also in open sessions. A new mail address
   * ends everything opened with the old one. Changes that wait for a second administrator are not written yet.
   *
   * @throws AppError `precondition.failed`, `account.taken`, `act.on-self`, `administrator.last`, `permission.denied`,
   * `not-found`, `validation.failed`
   */
  async edit(
    administrator: Administrator,
    id: string,
    changes: AccountChanges,
    version: number,
    reason?: string,
  ): Promise<Account> {
    const before = await this.administered.getForAct(administrator, id);
    await this.#requireAllowed(administrator, before, changes);
    // Writes only what was checked: a newer version could be another account than `before`.
    if (before.version !== version) throw new AppError('precondition.failed');
    const waiting = waitingChanges(before, changes, this.clock.now(), isMachine(administrator));
    const present = without(changes, waiting);
    await this.transactions.run(async (tx) => {
      if (present.roles && !isNational(present.roles))
        await this.administered.requireOtherAdministrator(before, tx);
      await this.#write(before, present, version, tx);
      await this.effects.apply(administrator, before, { present, waiting, reason }, tx);
      if (Object.keys(present).length > 0 || Object.keys(waiting).length === 0)
        await this.journal.recordOnAccount(administrator, before, { ...actOf(present), reason }, tx);
    });
    return this.administered.get(administrator, id);
  }

  /**
   * Changes the parts of the name, of an account that was read for the act, in the caller's transaction. @throws AppError
   * `precondition.failed`, `validation.failed`
   */
  async rename(
    administrator: Administrator,
    before: Account,
    present: Partial<NameParts>,
    reason: string | undefined,
    tx: EntityManager,
  ): Promise<void> {
    await this.#write(before, present, before.version, tx);
    await this.effects.apply(administrator, before, { present, waiting: {}, reason }, tx);
    await this.journal.recordOnAccount(administrator, before, { ...actOf(present), reason }, tx);
  }

  async #requireAllowed(
    administrator: Administrator,
    before: Account,
    changes: AccountChanges,
  ): Promise<void> {
    const { roles } = changes;
    await this.#requireForMachine(administrator, before, changes);
    if (roles) await this.administered.requireGrantable(administrator, roles);
    const own = before.id === administrator.actor.id;
    if (roles && own && !keepsRights(before.roles, roles)) throw new AppError('act.on-self');
    await this.#requireMovable(administrator, before, changes);
  }

  /** A machine client grants no role, and cannot move a structure’s administrator to another structure. */
  async #requireForMachine(
    administrator: Administrator,
    before: Account,
    { roles, structureId }: AccountChanges,
  ): Promise<void> {
    if (!isMachine(administrator)) return;
    const moves = structureId !== undefined && structureId !== (before.structure?.id ?? null);
    if (roles || (moves && isPrivileged(before.roles)))
      await this.refusals.forbid(administrator, 'machine', { account: before.id });
  }

  /** Only an administrator with access to both structures moves an account; another answer would show which exist. */
  async #requireMovable(
    administrator: Administrator,
    before: Account,
    { structureId, roles = before.roles }: AccountChanges,
  ): Promise<void> {
    const present = before.structure?.id ?? null;
    const next = structureId === undefined ? present : structureId;
    const reached = [present, next].every((id) => isWithinReach(administrator.scope, id));
    if (next !== present && !reached)
      await this.refusals.forbid(administrator, 'move-to-other-structure', { account: before.id });
    await this.administered.structureFor(administrator, next, roles);
  }

  async #write(before: Account, changes: AccountChanges, version: number, tx: EntityManager): Promise<void> {
    const { status } = await this.administration.edit(before.id, changes, version, tx);
    if (status === 'edited') return;
    if (status === 'moved') throw new AppError('precondition.failed');
    if (status === 'missing') throw new AppError('not-found');
    throw accountTaken(status);
  }
}

function without(changes: AccountChanges, waiting: AccountChanges): AccountChanges {
  const present = Object.entries(changes).filter(([field]) => !Object.hasOwn(waiting, field));
  return Object.fromEntries(present);
}

/** Names the fields, and the new rights; other values are personal data. */
function actOf(changes: AccountChanges): JournalAct {
  const { roles, structureId } = changes;
  const data: AuditData = {
    fields: Object.keys(changes) as (keyof AccountChanges)[],
    ...(roles && { roles }),
    ...(structureId !== undefined && { structureId }),
  };
  return { name: roles ? 'privilege_permissions_changed' : 'user_updated', data };
}
