import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService, AccountService, heldRoles } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { StructureService } from '@portillon/structure';
import type { EntityManager } from 'typeorm';
import { AccessRefusalService } from './access-refusal.service';
import { ActJournalService } from './act-journal.service';
import type { Administrator } from './actor';
import {
  homeOf,
  isMachine,
  isManagedWithin,
  isNational,
  isPrivileged,
  isWithinReach,
  mayHandle,
  placesWithin,
} from './rights.policy';

/**
 * The accounts within an administrator's reach, and what an administrator may give to one. Others look exactly like
 * accounts that do not exist.
 */
@Injectable()
export class AdministeredAccountService {
  constructor(
    private readonly accounts: AccountService,
    private readonly administration: AccountAdministrationService,
    private readonly refusals: AccessRefusalService,
    private readonly journal: ActJournalService,
    private readonly structures: StructureService,
  ) {}

  /**
   * An account that is managed within reach.
   *
   * @throws AppError `not-found` as {@link getVisible} does; `account.managed-elsewhere` for a member whom a structure out
   * of reach manages
   */
  async get(administrator: Administrator, id: string): Promise<Account> {
    const account = await this.getVisible(administrator, id);
    if (isManagedWithin(administrator.scope, account)) return account;
    const data = { account: account.id };
    return this.refusals.forbid(administrator, 'managed-elsewhere', data, 'account.managed-elsewhere');
  }

  /**
   * An account that is managed within reach or has a membership there, of which a page shows a part.
   *
   * @throws AppError `not-found`, and records the caller in the journal. The entry is the same for another structure's
   * account and for an unknown one, because the caller may read it.
   */
  async getVisible(administrator: Administrator, id: string): Promise<Account> {
    const { scope } = administrator;
    const account = await this.accounts.get(id);
    if (account && (isManagedWithin(scope, account) || placesWithin(scope, account).length > 0))
      return account;
    if (scope.structureIds === null) throw new AppError('not-found');
    return this.refusals.hide(administrator, { account: id.slice(0, 64) });
  }

  /**
   * Like {@link get}, for a page that only shows the account. Records the access in the journal before it reads. @throws
   * AppError as {@link get} does
   */
  async read(administrator: Administrator, id: string): Promise<Account> {
    const account = await this.get(administrator, id);
    await this.journal.recordAccountRead(administrator, account);
    return account;
  }

  /** Like {@link read}, of {@link getVisible}: the reading is in the journal of the structure within reach. */
  async readVisible(administrator: Administrator, id: string): Promise<Account> {
    const account = await this.getVisible(administrator, id);
    const structure = isManagedWithin(administrator.scope, account)
      ? account.structure
      : placesWithin(administrator.scope, account)[0]!.structure;
    await this.journal.recordAccountRead(administrator, { id: account.id, structure });
    return account;
  }

  /**
   * An account with an open membership in this structure, which is within reach, for an act on that membership.
   *
   * @throws AppError `not-found`, `permission.denied`
   */
  async getMember(administrator: Administrator, id: string, structureId: string): Promise<Account> {
    const account = await this.getVisible(administrator, id);
    const place = placesWithin(administrator.scope, account).find(
      ({ structure }) => structure.id === structureId,
    );
    if (!place) return this.refusals.hide(administrator, { structure: structureId.slice(0, 64) });
    if (place.manages) return this.getForAct(administrator, id);
    if (mayHandle(administrator.scope, place.roles)) return account;
    return this.refusals.forbid(administrator, 'national-administrator', { account: account.id });
  }

  /**
   * Like {@link get}, for an act on it: who reaches one structure touches no national administrator, a machine
   * never does.
   * @throws AppError `not-found`, `permission.denied`
   */
  async getForAct(administrator: Administrator, id: string): Promise<Account> {
    const account = await this.get(administrator, id);
    if (isMachine(administrator) && isNational(account.roles))
      return this.refusals.forbid(administrator, 'machine', { account: account.id });
    if (mayHandle(administrator.scope, heldRoles(account))) return account;
    return this.refusals.forbid(administrator, 'national-administrator', { account: account.id });
  }

  /**
   * Like {@link getForAct}, to reopen it: a person gives a role that administers back, never a directory, whose secret would
   * undo a closing. @throws AppError `not-found`, `permission.denied`
   */
  async getClosedForAct(administrator: Administrator, id: string): Promise<Account> {
    const account = await this.getForAct(administrator, id);
    if (isMachine(administrator) && isPrivileged(heldRoles(account)))
      return this.refusals.forbid(administrator, 'machine', { account: account.id });
    return account;
  }

  /**
   * Locks the account at the start of an action's transaction: the action changes exactly what was checked, and the next
   * action sees its result. @throws AppError `precondition.failed` when the account changed since it was read
   */
  async lockForUpdate(account: Account, tx: EntityManager): Promise<void> {
    if (!(await this.administration.takeVersion(account, tx))) throw new AppError('precondition.failed');
  }

  /**
   * Like {@link getForAct}, for an action that takes an account away from its holder. @throws AppError `not-found`,
   * `permission.denied`, `act.on-self`
   */
  async getOtherForAct(administrator: Administrator, id: string): Promise<Account> {
    const account = await this.getForAct(administrator, id);
    if (account.id === administrator.actor.id) throw new AppError('act.on-self');
    return account;
  }

  /**
   * Requires another national administrator before `account` stops being one. It waits for concurrent callers, so that
   * two administrators cannot remove each other. Call it for every account: one that was a professional when it was
   * read may be the last administrator by now.
   * @throws AppError `administrator.last`
   */
  async requireOtherAdministrator(account: Pick<Account, 'id'>, tx: EntityManager): Promise<void> {
    if (!(await this.administration.staysNational(account.id, tx))) throw new AppError('administrator.last');
  }

  /**
   * A structure's administrator makes no national one and no auditor; a machine makes none of them.
   * @throws AppError `permission.denied`
   */
  async requireGrantable(administrator: Administrator, roles: readonly string[]): Promise<void> {
    if (isMachine(administrator) && isPrivileged(roles))
      await this.refusals.forbid(administrator, 'machine', {});
    if (mayHandle(administrator.scope, roles)) return;
    await this.refusals.forbid(administrator, 'national-role', {});
  }

  /**
   * The structure that an account of these roles is to have: one within reach, the administrator's own when none is asked
   * for, or one that exists.
   * @throws AppError `not-found` for a structure out of reach, `validation.failed`
   */
  async structureFor(
    administrator: Administrator,
    asked: string | null | undefined,
    roles: readonly string[],
  ): Promise<string | null> {
    if (administrator.scope.structureIds !== null) {
      const wanted = asked === undefined ? homeOf(administrator) : asked;
      if (!isWithinReach(administrator.scope, wanted))
        await this.refusals.hide(administrator, { structure: wanted });
      return wanted;
    }
    if (!asked) {
      // Without a structure, a structure's administrator has nothing to administer.
      if (roles.includes('structure-admin')) throw noSuchStructure();
      return null;
    }
    if (!(await this.structures.get(asked))) throw noSuchStructure();
    return asked;
  }
}

function noSuchStructure(): AppError {
  return new AppError('validation.failed', {
    errors: [{ field: 'structureId', code: 'choice', message: '' }],
  });
}
