import { Injectable } from '@nestjs/common';
import { Account, AccountChanges } from '@portillon/account';
import { AppError, Clock } from '@portillon/kernel';
import { AccessRefusalService } from '../rights/access-refusal.service';
import type { Administrator } from '../rights/administrator.types';
import { isMachine, isPrivileged, keepsRights } from '../rights/rights.policy';
import { AccountGrantService } from './account-grant.service';
import { waitingChanges } from '../pending/four-eyes.policy';

/** Which changes an administrator may make to an account within reach, and which of them wait. */
@Injectable()
export class AccountEditRuleService {
  constructor(
    private readonly grants: AccountGrantService,
    private readonly refusals: AccessRefusalService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `permission.denied`, `act.on-self`, `not-found`, `validation.failed` */
  async requireAllowed(
    administrator: Administrator,
    before: Account,
    changes: AccountChanges,
  ): Promise<void> {
    const { roles } = changes;
    await this.#requireForMachine(administrator, before, changes);
    if (roles) await this.grants.requireGrantable(administrator, roles);
    const own = before.id === administrator.actor.id;
    if (roles && own && !keepsRights(before.roles, roles)) throw new AppError('act.on-self');
    await this.#requireMovable(administrator, before, changes);
  }

  /** Changes that wait for a second administrator. */
  waiting(administrator: Administrator, before: Account, changes: AccountChanges) {
    return waitingChanges(before, changes, this.clock.now(), isMachine(administrator));
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

  /** Only an administrator with access to both structures moves an account from one to the other. */
  async #requireMovable(
    administrator: Administrator,
    before: Account,
    { structureId, roles = before.roles }: AccountChanges,
  ): Promise<void> {
    const present = before.structure?.id ?? null;
    const next = structureId === undefined ? present : structureId;
    if (next !== present && administrator.scope.structureId !== null)
      await this.refusals.forbid(administrator, 'move-to-other-structure', { account: before.id });
    await this.grants.structureFor(administrator, next, roles);
  }
}
