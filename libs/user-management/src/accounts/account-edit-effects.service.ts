import { Injectable } from '@nestjs/common';
import { Account, AccountChanges, AccountService } from '@portillon/account';
import { CodeTimePolicy, FactorResetService, principalsOf } from '@portillon/access';
import { InvitationActor, InvitationService } from '@portillon/recovery';
import { SecurityNoticeService } from '@portillon/security-notice';
import { PendingSignInService, SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import type { Administrator } from '../rights/actor';
import { keepsRights } from '../rights/rights.policy';
import { SecondAdministratorService } from './second-administrator.service';

/** The part of a change that is written, and the part that waits. */
export interface AppliedEdit {
  present: AccountChanges;
  waiting: Pick<AccountChanges, 'email' | 'roles'>;
  reason?: string;
}

/** The effects of an account's change, on its open sessions and its holder. */
@Injectable()
export class AccountEditEffectsService {
  constructor(
    private readonly accounts: AccountService,
    private readonly second: SecondAdministratorService,
    private readonly factorReset: FactorResetService,
    private readonly invitations: InvitationService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly sessions: SessionService,
    private readonly times: CodeTimePolicy,
    private readonly notices: SecurityNoticeService,
  ) {}

  /** In the transaction of the change, after it: the account's own row is locked first. */
  async apply(
    administrator: Administrator,
    before: Account,
    { present, waiting: { email, roles }, reason }: AppliedEdit,
    tx: EntityManager,
  ): Promise<void> {
    const { actor, client } = administrator;
    const after = (await this.accounts.get(before.id, tx))!;
    if (after.email !== before.email) await this.replaceEmail(before, after, { id: actor.id, client }, tx);
    else await this.refreshRights(after, !!present.roles || present.structureId !== undefined, tx);
    await this.#notify(before, after, tx);
    if (email !== undefined)
      await this.second.request(administrator, after, { kind: 'email', value: email }, reason, tx);
    if (roles)
      await this.second.request(administrator, after, { kind: 'roles', value: roles.join(' ') }, reason, tx);
  }

  /** Like {@link apply}, of rights alone, which the command line gives and takes at once. */
  async applyRights(before: Account, tx: EntityManager): Promise<void> {
    const after = (await this.accounts.get(before.id, tx))!;
    await this.refreshRights(after, true, tx);
    await this.#notify(before, after, tx);
  }

  /** Ends everything opened with the old address. An invited user gets a new invitation. */
  async replaceEmail(
    before: Account,
    after: Account,
    actor: InvitationActor,
    tx: EntityManager,
  ): Promise<void> {
    await this.factorReset.endAll(before.id, 'mail_changed', tx);
    if (after.status === 'INVITED') await this.invitations.send(after, actor, tx);
    else await this.notices.notify('mail-replaced', after, { by: 'administrator', to: before.email }, tx);
  }

  /**
   * Updates open sessions with the present rights of their account. With other rights, a sign-in in progress, which was
   * begun with the old ones, ends.
   */
  async refreshRights(account: Account, hasOtherRights: boolean, tx: EntityManager): Promise<void> {
    if (hasOtherRights) await this.pendingSignIns.endAll(account.id, tx);
    await this.sessions.refreshPrincipal(principalsOf(account, this.times.limit('password', account)), tx);
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
