import { Injectable } from '@nestjs/common';
import { Clock, Random } from '@portillon/kernel';
import { isUniqueViolation } from '@portillon/persistence';
import { EntityManager, IsNull, Not } from 'typeorm';
import { requireValidChanges } from '../account/account-fields.policy';
import { followed, renames } from '../account/account-name.policy';
import { AccountGuardRepository } from './account-guard.repository';
import { privilegedAlike } from '../account/account-roles.policy';
import { columnsOf, NO_EMERGENCY, NO_PHONE, NOT_CLOSED, pseudonymColumns } from '../account/account.columns';
import type { AccountEntity } from '../account/account.entity';
import { AccountGuard, AccountRepository } from '../account/account.repository';
import type { Account, AccountChanges, AccountEdit, EmergencyAccess } from '../account/account.types';
import type { ErasureGround } from './erasure.types';
import { changesOf } from '../pending-change/pending-change.columns';
import { PendingChangeRepository } from '../pending-change/pending-change.repository';
import type { PendingChange, PendingChangeResult } from '../pending-change/pending-change.types';
import { AccountIndexService } from '../search/account-index.service';

const LAST_NATIONAL = 'last-national-administrator';
/** An erased account has no mail address. */
const NOT_ERASED = { email: Not('') };
const ERASURE_REQUESTED = { erasureRequestedAt: Not(IsNull()), ...NOT_ERASED };

/** What administrators do with an account: each act is one guarded statement, in the caller's transaction. */
@Injectable()
export class AccountAdministrationService {
  constructor(
    private readonly rows: AccountRepository,
    private readonly guards: AccountGuardRepository,
    private readonly pendingChanges: PendingChangeRepository,
    private readonly index: AccountIndexService,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * A change of address, roles or structure voids what waits.
   * @throws AppError `validation.failed` when a field cannot be kept.
   */
  async edit(id: string, changes: AccountChanges, version: number, tx: EntityManager): Promise<AccountEdit> {
    requireValidChanges(changes);
    const columns = await this.#editColumns(id, changes, tx);
    try {
      if (!(await this.rows.change(id, { version }, columns, tx)))
        return { status: (await this.rows.find({ id }, tx)) ? 'moved' : 'missing' };
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return { status: 'username-taken' };
    }
    if (voidsPending(changes)) await this.pendingChanges.deleteOf(id, tx);
    await this.index.renew(id, tx);
    return { status: 'edited' };
  }

  /**
   * What waited takes effect, once, and voids what else waits. `moved` and `taken` change nothing that is to be kept: roll
   * the transaction back.
   */
  async applyPending(
    pending: PendingChange,
    version: number,
    tx: EntityManager,
  ): Promise<PendingChangeResult> {
    const { id, accountId } = pending;
    try {
      if (!(await this.rows.change(accountId, guardOf(pending, version), this.#columnsOf(pending), tx)))
        return 'moved';
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return 'taken';
    }
    if (!(await this.pendingChanges.delete(id, tx))) return 'moved';
    await this.pendingChanges.deleteOf(accountId, tx);
    await this.index.renew(accountId, tx);
    return 'applied';
  }

  /** Forgets the mobile number with the other factors; codes come by mail. */
  async resetPhone(id: string, tx: EntityManager): Promise<void> {
    await this.rows.change(id, {}, NO_PHONE, tx);
    await this.recordAccessChange(id, tx);
  }

  /**
   * Locks the account while it is in this version, and gives it the next one: of the acts that were judged on one
   * reading, one lands. False when it moved meanwhile.
   */
  claim({ id, version }: Pick<Account, 'id' | 'version'>, tx: EntityManager): Promise<boolean> {
    return this.rows.change(id, { version }, {}, tx);
  }

  /** Notes that an administrator changed what opens the account: a role that waits for it is void. */
  async recordAccessChange(id: string, tx: EntityManager): Promise<void> {
    await this.rows.note(id, {}, { accessChangedAt: this.clock.now() }, tx);
    await this.pendingChanges.deleteOf(id, tx, 'roles');
  }

  /**
   * Closes the account: whether it was open. Its row stays locked until the transaction ends; end sign-ins, browsers
   * and sessions after it, in this order, so that a person who is just signing in is out too.
   */
  deactivate(id: string, tx: EntityManager): Promise<boolean> {
    const closedAt = this.clock.now();
    const changes = { status: 'DEACTIVATED', closedAt, erasureDueAt: null, ...NO_EMERGENCY } as const;
    return this.rows.change(id, { status: Not('DEACTIVATED') }, changes, tx);
  }

  /** Its directory deletes it: whether it had not yet. It is closed by the same transaction, or was before. */
  remove(id: string, tx: EntityManager): Promise<boolean> {
    const present = { status: 'DEACTIVATED', removedAt: IsNull() } as const;
    return this.rows.change(id, present, { removedAt: this.clock.now() }, tx);
  }

  /** Opens it again: whether it was closed. A person who has chosen no password yet is invited once more. */
  async reactivate(id: string, tx: EntityManager): Promise<boolean> {
    // An erased account must not be opened again.
    const closed = { status: 'DEACTIVATED', email: Not('') } as const;
    const neverOpened = { ...closed, passwordDigest: IsNull() };
    if (await this.rows.change(id, neverOpened, { status: 'INVITED', ...NOT_CLOSED }, tx)) return true;
    return this.rows.change(id, closed, { status: 'ACTIVE', ...NOT_CLOSED }, tx);
  }

  /** Opens one means until a time, whatever the structure asks. False when the account is not active. */
  openEmergencyAccess(id: string, { means, until }: EmergencyAccess, tx: EntityManager): Promise<boolean> {
    const changes = { emergencyMeans: means, emergencyUntilAt: until };
    return this.rows.change(id, { status: 'ACTIVE' }, changes, tx);
  }

  /** Whether there was one. */
  closeEmergencyAccess(id: string, tx: EntityManager): Promise<boolean> {
    return this.rows.change(id, { emergencyMeans: Not(IsNull()) }, NO_EMERGENCY, tx);
  }

  /** The person asks to be erased, once. */
  requestErasure(id: string, tx: EntityManager): Promise<boolean> {
    const erasureRequestedAt = this.clock.now();
    return this.rows.change(id, { erasureRequestedAt: IsNull() }, { erasureRequestedAt }, tx);
  }

  /** The person takes the request back, as long as it is not confirmed. */
  withdrawErasure(id: string, tx: EntityManager): Promise<boolean> {
    return this.rows.change(id, ERASURE_REQUESTED, { erasureRequestedAt: null }, tx);
  }

  /** Takes back what an import made and was not touched since. */
  async undoCreation(id: string, tx: EntityManager): Promise<boolean> {
    const untouched = { version: 1, status: 'INVITED', passwordDigest: IsNull() } as const;
    if (!(await this.rows.delete(id, untouched, tx))) return false;
    await this.index.renew(id, tx);
    return true;
  }

  /**
   * Replaces the person by a pseudonym, for good: the pseudonym, or nothing when the ground holds no longer or the person
   * is erased already. The id stays, so that the journal still says that one person did this and that.
   */
  async erase(id: string, ground: ErasureGround, tx: EntityManager): Promise<string | undefined> {
    const pseudonym = `efface-${this.random.id().slice(-12)}`;
    if (!(await this.rows.change(id, groundGuard(ground), pseudonymColumns(pseudonym), tx))) return undefined;
    if (ground.is === 'confirmed' && !(await this.pendingChanges.delete(ground.pendingId, tx)))
      return undefined;
    await this.pendingChanges.deleteOf(id, tx);
    await this.index.renew(id, tx);
    return pseudonym;
  }

  /**
   * Whether an active national administrator stays when this account is one no longer; true too when it is none. To be
   * asked in the transaction of the act, before it: of two administrators who take each other's rights away, on whichever nodes of a cluster, the
   * second one asks after the first one's act.
   */
  async staysNational(id: string, tx: EntityManager): Promise<boolean> {
    await this.guards.hold(LAST_NATIONAL, tx);
    const national = await this.rows.nationalIds(tx);
    return !national.includes(id) || national.length > 1;
  }

  /** Every active national administrator's id. */
  nationalAdministrators(tx?: EntityManager): Promise<string[]> {
    return this.rows.nationalIds(tx);
  }

  /** Whether an active account administers a structure. */
  hasStructureAdministrator(): Promise<boolean> {
    return this.rows.hasStructureAdministrator();
  }

  /** What a change writes, and its times. Under the version of the change, what is read is what it changes. */
  async #editColumns(
    id: string,
    changes: AccountChanges,
    tx: EntityManager,
  ): Promise<Partial<AccountEntity>> {
    const reads = voidsPending(changes) || renames(changes);
    const before = reads ? await this.rows.find({ id }, tx) : null;
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

/** What waits was asked for of a person with these roles, in this structure: who may decide on it may be another now. */
function voidsPending({ email, roles, structureId }: AccountChanges): boolean {
  return email !== undefined || roles !== undefined || structureId !== undefined;
}

/** What the row must still say for the person to be erased. */
function groundGuard(ground: ErasureGround): AccountGuard {
  if (ground.is === 'asked') return ERASURE_REQUESTED;
  if (ground.is === 'kept-long-enough')
    return { status: 'DEACTIVATED', erasureDueAt: ground.erasureDueAt, ...NOT_ERASED };
  return { version: ground.version, ...NOT_ERASED };
}

/** A link never replaces another. */
function guardOf({ kind }: PendingChange, version: number): AccountGuard {
  return { version, ...(kind === 'identity' && { nationalId: IsNull() }) };
}
