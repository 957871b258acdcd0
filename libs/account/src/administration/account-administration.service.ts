import { Injectable } from '@nestjs/common';
import { Clock, Random } from '@portillon/kernel';
import { isUniqueViolation } from '@portillon/persistence';
import { EntityManager, IsNull, Not } from 'typeorm';
import {
  requireValidChanges,
  followed,
  NATIONAL,
  renames,
  privilegedAlike,
} from '../account/account-fields.policy';
import {
  columnsOf,
  NO_EMERGENCY,
  NO_PHONE,
  NOT_CLOSED,
  pseudonymColumns,
  voidColumns,
} from '../account/account.columns';
import type { AccountEntity } from '../account/account.entity';
import { AccountGuard, AccountRepository } from '../account/account.repository';
import type {
  Account,
  AccountChanges,
  AccountEdit,
  EmergencyAccess,
  ErasureGround,
} from '../account/account.types';
import { MembershipService } from '../membership/membership.service';
import { PendingChangeRepository } from '../pending-change/pending-change.repository';
import { changesOf } from '../pending-change/pending-change.types';
import type { PendingChange, PendingChangeResult } from '../pending-change/pending-change.types';
import { AccountSearchService } from '../search/account-search.service';
import { AccountGuardRepository } from './account-guard.repository';

const LAST_NATIONAL = 'last-national-administrator';
/** An erased account has no mail address. */
const NOT_ERASED = { email: Not('') };
const ERASURE_REQUESTED = { erasureRequestedAt: Not(IsNull()), ...NOT_ERASED };

/** Actions of administrators on an account: each is one guarded statement, in the caller's transaction. */
@Injectable()
export class AccountAdministrationService {
  constructor(
    private readonly rows: AccountRepository,
    private readonly guards: AccountGuardRepository,
    private readonly pendingChanges: PendingChangeRepository,
    private readonly memberships: MembershipService,
    private readonly index: AccountSearchService,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Edits the account. A change of address, roles or structure voids pending changes.
   *
   * @throws AppError `validation.failed` for an invalid field
   */
  async edit(id: string, changes: AccountChanges, version: number, tx: EntityManager): Promise<AccountEdit> {
    requireValidChanges(changes);
    const reads = voidsPending(changes) || renames(changes) || changes.externalId !== undefined;
    const before = reads ? await this.rows.find({ id }, tx) : null;
    const columns = this.#editColumns(before, changes);
    try {
      if (!(await this.rows.change(id, { version }, columns, tx)))
        return { status: (await this.rows.find({ id }, tx)) ? 'moved' : 'missing' };
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return { status: 'username-taken' };
    }
    if (voidsPending(changes)) await this.pendingChanges.deleteByAccount(id, tx);
    if (before) await this.memberships.followAccount(before, { ...before, ...columns }, tx);
    await this.index.renew(id, tx);
    return { status: 'edited' };
  }

  /** Applies a pending change, once, and voids the other ones. After `moved` and `taken` roll the transaction back. */
  async applyPending(
    pending: PendingChange,
    version: number,
    tx: EntityManager,
  ): Promise<PendingChangeResult> {
    if (pending.kind === 'management') return this.#handOver(pending, version, tx);
    const { id, accountId } = pending;
    const columns = this.#columnsOf(pending);
    try {
      if (!(await this.rows.change(accountId, guardOf(pending, version), columns, tx))) return 'moved';
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return 'taken';
    }
    if (!(await this.pendingChanges.delete(id, tx))) return 'moved';
    await this.pendingChanges.deleteByAccount(accountId, tx);
    const after = (await this.rows.find({ id: accountId }, tx))!;
    await this.memberships.followAccount(after, after, tx);
    await this.index.renew(accountId, tx);
    return 'applied';
  }

  /** Deletes the mobile number when the other factors are reset; codes come by mail. */
  async resetPhone(id: string, tx: EntityManager): Promise<void> {
    await this.rows.change(id, {}, NO_PHONE, tx);
    await this.recordAccessChange(id, tx);
  }

  /**
   * Locks the account if it has this version, and increments it: of several actions that were decided on one reading,
   * one succeeds. Returns false when the account changed meanwhile.
   */
  takeVersion({ id, version }: Pick<Account, 'id' | 'version'>, tx: EntityManager): Promise<boolean> {
    return this.rows.change(id, { version }, {}, tx);
  }

  /** Records that an administrator changed the address, the identity or a factor. This voids a pending change of roles. */
  async recordAccessChange(id: string, tx: EntityManager): Promise<void> {
    await this.rows.record(id, {}, { accessChangedAt: this.clock.now() }, tx);
    await this.pendingChanges.deleteByAccount(id, tx, 'roles');
  }

  /** Records that a privileged role was granted or removed in one of its memberships. */
  async recordAdministrationChange(id: string, tx: EntityManager): Promise<void> {
    await this.rows.record(id, {}, { administrationChangedAt: this.clock.now() }, tx);
  }

  /**
   * Closes the account. Returns whether it was open. Its row stays locked until the transaction ends. Afterwards end
   * sign-ins, trusted devices and sessions, in this order, so that a person who is signing in is signed out too.
   */
  deactivate(id: string, tx: EntityManager): Promise<boolean> {
    const closedAt = this.clock.now();
    const changes = { status: 'DEACTIVATED', closedAt, erasureDueAt: null, ...NO_EMERGENCY } as const;
    return this.rows.change(id, { status: Not('DEACTIVATED') }, changes, tx);
  }

  /**
   * Records that the directory deleted the account. Returns false when it had before. The same transaction closes it,
   * or it was closed.
   */
  remove(id: string, tx: EntityManager): Promise<boolean> {
    const present = { status: 'DEACTIVATED', removedAt: IsNull() } as const;
    return this.rows.change(id, present, { removedAt: this.clock.now() }, tx);
  }

  /**
   * Reopens the account. Returns whether it was closed. Its password is void, since others may have learnt it meanwhile. A
   * person who has never chosen one gets another invitation.
   */
  async reactivate(id: string, tx: EntityManager): Promise<boolean> {
    // An erased account must not be opened again.
    const closed = { status: 'DEACTIVATED', email: Not('') } as const;
    const neverOpened = { ...closed, passwordDigest: IsNull() };
    if (await this.rows.change(id, neverOpened, { status: 'INVITED', ...NOT_CLOSED }, tx)) return true;
    const opened = { status: 'ACTIVE', ...NOT_CLOSED, ...voidColumns('closing', this.clock.now()) } as const;
    return this.rows.change(id, closed, opened, tx);
  }

  /** Opens one means until a time, whatever the structure requires. Returns false when the account is not active. */
  openEmergencyAccess(id: string, { means, until }: EmergencyAccess, tx: EntityManager): Promise<boolean> {
    const changes = { emergencyMeans: means, emergencyUntilAt: until };
    return this.rows.change(id, { status: 'ACTIVE' }, changes, tx);
  }

  /** Closes the emergency access. Returns whether there was one. */
  closeEmergencyAccess(id: string, tx: EntityManager): Promise<boolean> {
    return this.rows.change(id, { emergencyMeans: Not(IsNull()) }, NO_EMERGENCY, tx);
  }

  /** Records the person's request for erasure. Returns false when there is one. */
  requestErasure(id: string, tx: EntityManager): Promise<boolean> {
    const erasureRequestedAt = this.clock.now();
    return this.rows.change(id, { erasureRequestedAt: IsNull() }, { erasureRequestedAt }, tx);
  }

  /** Withdraws the request, as long as it is not confirmed. */
  withdrawErasure(id: string, tx: EntityManager): Promise<boolean> {
    return this.rows.change(id, ERASURE_REQUESTED, { erasureRequestedAt: null }, tx);
  }

  /** Deletes an account that an import created, if it was not touched since. */
  async undoCreation(id: string, tx: EntityManager): Promise<boolean> {
    const untouched = { version: 1, status: 'INVITED', passwordDigest: IsNull() } as const;
    if (!(await this.rows.delete(id, untouched, tx))) return false;
    await this.memberships.deleteByAccount(id, tx);
    await this.index.renew(id, tx);
    return true;
  }

  /**
   * Pseudonymises the account for good. Returns the pseudonym, or nothing when the ground no longer holds or the
   * person is erased already. The id stays, so that entries of the journal can still be grouped by account.
   */
  async erase(id: string, ground: ErasureGround, tx: EntityManager): Promise<string | undefined> {
    const pseudonym = `efface-${this.random.id().slice(-12)}`;
    if (!(await this.rows.change(id, groundGuard(ground), pseudonymColumns(pseudonym), tx))) return undefined;
    if (ground.is === 'confirmed' && !(await this.pendingChanges.delete(ground.pendingId, tx)))
      return undefined;
    await this.pendingChanges.deleteByAccount(id, tx);
    await this.memberships.deleteByAccount(id, tx);
    await this.index.renew(id, tx);
    return pseudonym;
  }

  /**
   * Whether an active national administrator remains without this account; true also when it is not one. Call it in
   * the transaction of the action, before it. When two administrators remove each other's rights, on any nodes of a
   * cluster, the second call waits for the first action.
   */
  async staysNational(id: string, tx: EntityManager): Promise<boolean> {
    await this.guards.lock(LAST_NATIONAL, tx);
    const national = await this.rows.findNationalAdministratorIds(tx);
    return !national.includes(id) || national.length > 1;
  }

  /** Ids of the active national administrators. */
  nationalAdministrators(tx?: EntityManager): Promise<string[]> {
    return this.rows.findNationalAdministratorIds(tx);
  }

  /** Whether an active account administers a structure. */
  hasStructureAdministrator(): Promise<boolean> {
    return this.rows.hasStructureAdministrator();
  }

  /** The structure that managed the account keeps its membership; the account has the roles of the new one. */
  async #handOver(
    { id, accountId, value: structureId }: PendingChange,
    version: number,
    tx: EntityManager,
  ): Promise<PendingChangeResult> {
    const now = this.clock.now();
    const before = await this.rows.find({ id: accountId }, tx);
    const place = before?.memberships?.find((one) => one.structureId === structureId);
    if (!before || !place || (place.untilAt && place.untilAt <= now)) return 'moved';
    const roles = [...place.roles, ...before.roles.filter((role) => role === NATIONAL)];
    const columns = columnsOf({ structureId, roles, externalId: place.externalId });
    const open: AccountGuard = { version, status: Not('DEACTIVATED') };
    const changes = { ...columns, ...this.#timesOf(before, columns) };
    if (!(await this.rows.change(accountId, open, changes, tx))) return 'moved';
    if (!(await this.pendingChanges.delete(id, tx))) return 'moved';
    await this.pendingChanges.deleteByAccount(accountId, tx);
    await this.memberships.change({ accountId, structureId }, { until: null }, undefined, tx);
    await this.index.renew(accountId, tx);
    return 'applied';
  }

  /** Columns and times that a change writes. What was read `before` belongs to the version that the change guards. */
  #editColumns(before: AccountEntity | null, changes: AccountChanges): Partial<AccountEntity> {
    if (!before) return columnsOf(changes);
    const columns = columnsOf(followed(before, changes));
    return { ...columns, ...(voidsPending(changes) && this.#timesOf(before, columns)) };
  }

  #timesOf(before: AccountEntity, columns: Partial<AccountEntity>): Partial<AccountEntity> {
    const now = this.clock.now();
    const after = { ...before, ...columns };
    const leaves = after.structureId !== before.structureId && before.structure?.fourEyes;
    return {
      ...(after.email !== before.email && { accessChangedAt: now }),
      ...(!privilegedAlike(before.roles, after.roles) && { administrationChangedAt: now }),
      ...(leaves && { fourEyesLeftAt: now }),
    };
  }

  #columnsOf(pending: PendingChange): Partial<AccountEntity> {
    const now = this.clock.now();
    const time = pending.kind === 'roles' ? { administrationChangedAt: now } : { accessChangedAt: now };
    return { ...columnsOf(changesOf(pending)), ...time };
  }
}

/** A pending change was decided for these roles and this structure; another administrator may be responsible now. */
function voidsPending({ email, roles, structureId }: AccountChanges): boolean {
  return email !== undefined || roles !== undefined || structureId !== undefined;
}

/** Conditions on the row for this ground of erasure. */
function groundGuard(ground: ErasureGround): AccountGuard {
  if (ground.is === 'asked') return ERASURE_REQUESTED;
  if (ground.is === 'kept-long-enough')
    return { status: 'DEACTIVATED', erasureDueAt: ground.erasureDueAt, ...NOT_ERASED };
  return { version: ground.version, ...NOT_ERASED };
}

/** A linked national id is never replaced by another. */
function guardOf({ kind }: PendingChange, version: number): AccountGuard {
  return { version, ...(kind === 'identity' && { nationalId: IsNull() }) };
}
