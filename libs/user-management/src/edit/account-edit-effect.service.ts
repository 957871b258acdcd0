import { Injectable } from '@nestjs/common';
import { Account, AccountChanges, AccountService } from '@portillon/account';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import type { Administrator } from '../rights/administrator.types';
import { keepsRights } from '../rights/rights.policy';
import { ChangeHoldService } from '../pending/change-hold.service';
import { EmailReplacementService } from './email-replacement.service';
import { RightsRefreshService } from './rights-refresh.service';

/** The part of a change that is written, and the part that waits. */
export interface AppliedEdit {
  present: AccountChanges;
  waiting: Pick<AccountChanges, 'email' | 'roles'>;
  reason?: string;
}

/** The effects of an account's change, on its open sessions and its holder. */
@Injectable()
export class AccountEditEffectService {
  constructor(
    private readonly accounts: AccountService,
    private readonly changeHold: ChangeHoldService,
    private readonly emailReplacement: EmailReplacementService,
    private readonly rights: RightsRefreshService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /** In the transaction of the change, after it: the account's own row is locked first. */
  async apply(
    administrator: Administrator,
    before: Account,
    { present, waiting, reason }: AppliedEdit,
    tx: EntityManager,
  ): Promise<void> {
    const after = (await this.accounts.get(before.id, tx))!;
    if (after.email !== before.email) await this.#replaceEmail(administrator, before, after, tx);
    else await this.rights.refresh(after, !!present.roles || present.structureId !== undefined, tx);
    await this.#notify(before, after, tx);
    const { email, roles } = waiting;
    if (email !== undefined)
      await this.changeHold.hold(administrator, after, { kind: 'email', value: email }, reason, tx);
    if (roles)
      await this.changeHold.hold(administrator, after, { kind: 'roles', value: roles.join(' ') }, reason, tx);
  }

  /** Like {@link apply}, of rights alone, which the command line gives and takes at once. */
  async applyRights(before: Account, tx: EntityManager): Promise<void> {
    const after = (await this.accounts.get(before.id, tx))!;
    await this.rights.refresh(after, true, tx);
    await this.#notify(before, after, tx);
  }

  #replaceEmail(
    { actor, client }: Administrator,
    before: Account,
    after: Account,
    tx: EntityManager,
  ): Promise<void> {
    return this.emailReplacement.apply(before, after, { id: actor.id, client }, tx);
  }

  /** At the address before the change: the new one may be the attacker's. */
  async #notify(before: Account, after: Account, tx: EntityManager): Promise<void> {
    const to = after.email === before.email ? undefined : before.email;
    // The invitation to the new address is the notice; the old address may be a stranger's.
    if (to && after.status === 'INVITED') return;
    const details = { by: 'administrator', to } as const;
    if (after.username !== before.username) await this.notices.notify('username-changed', after, details, tx);
    if (!keepsRights(before.roles, after.roles) || !keepsRights(after.roles, before.roles))
      await this.notices.notify('rights-changed', after, details, tx);
  }
}
