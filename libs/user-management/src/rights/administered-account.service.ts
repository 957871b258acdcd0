import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService, AccountService } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { AccessRefusalService } from './access-refusal.service';
import type { Administrator } from './administrator.types';
import { ReadingService } from './reading.service';
import { isMachine, isNational, isPrivileged, mayHandle, reaches } from './rights.policy';

/** The accounts within an administrator's reach: others look exactly like accounts that do not exist. */
@Injectable()
export class AdministeredAccountService {
  constructor(
    private readonly accounts: AccountService,
    private readonly administration: AccountAdministrationService,
    private readonly refusals: AccessRefusalService,
    private readonly readings: ReadingService,
  ) {}

  /**
   * @throws AppError `not-found`, and records the caller in the journal. The entry is the same for another structure's
   * account and for an unknown one, because the caller may read it.
   */
  async get(administrator: Administrator, id: string): Promise<Account> {
    const account = await this.accounts.get(id);
    if (account && reaches(administrator.scope, account.structure?.id ?? null)) return account;
    if (administrator.scope.structureId === null) throw new AppError('not-found');
    return this.refusals.hide(administrator, { account: id.slice(0, 64) });
  }

  /**
   * Like {@link get}, for a page that only shows the account. Records the access in the journal before it reads. @throws
   * AppError `not-found`
   */
  async read(administrator: Administrator, id: string): Promise<Account> {
    const account = await this.get(administrator, id);
    await this.readings.recordAccount(administrator, account);
    return account;
  }

  /**
   * Like {@link get}, for an act on it: who reaches one structure touches no national administrator, a machine
   * never does.
   * @throws AppError `not-found`, `permission.denied`
   */
  async touch(administrator: Administrator, id: string): Promise<Account> {
    const account = await this.get(administrator, id);
    if (isMachine(administrator) && isNational(account.roles))
      return this.refusals.forbid(administrator, 'machine', { account: account.id });
    if (mayHandle(administrator.scope, account.roles)) return account;
    return this.refusals.forbid(administrator, 'national-administrator', { account: account.id });
  }

  /**
   * Like {@link touch}, to reopen it: a person gives a role that administers back, never a directory, whose secret would
   * undo a closing. @throws AppError `not-found`, `permission.denied`
   */
  async touchClosed(administrator: Administrator, id: string): Promise<Account> {
    const account = await this.touch(administrator, id);
    if (isMachine(administrator) && isPrivileged(account.roles))
      return this.refusals.forbid(administrator, 'machine', { account: account.id });
    return account;
  }

  /**
   * Locks the account at the start of an action's transaction: the action changes exactly what was checked, and the next
   * action sees its result. @throws AppError `precondition.failed` when the account changed since it was read
   */
  async claim(account: Account, tx: EntityManager): Promise<void> {
    if (!(await this.administration.claim(account, tx))) throw new AppError('precondition.failed');
  }

  /**
   * Like {@link touch}, for an action that takes an account away from its holder. @throws AppError `not-found`,
   * `permission.denied`, `act.on-self`
   */
  async touchOther(administrator: Administrator, id: string): Promise<Account> {
    const account = await this.touch(administrator, id);
    if (account.id === administrator.actor.id) throw new AppError('act.on-self');
    return account;
  }
}
