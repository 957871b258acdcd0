import { Injectable } from '@nestjs/common';
import { Account, AccountChanges, AccountService } from '@portillon/account';
import { principalOf, SignInPolicy } from '@portillon/auth';
import { SecurityNoticeService } from '@portillon/security-notice';
import { PendingSignInService, SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import type { Administrator } from '../administrator.types';
import { keepsRights } from '../rights.policy';
import { EmailHoldService } from './email-hold.service';
import { EmailReplacementService } from './email-replacement.service';

/** What follows from the change of an account: for what is open with it, and for its person. */
@Injectable()
export class AccountEditEffectService {
  constructor(
    private readonly accounts: AccountService,
    private readonly emailHold: EmailHoldService,
    private readonly emailReplacement: EmailReplacementService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly sessions: SessionService,
    private readonly policy: SignInPolicy,
    private readonly notices: SecurityNoticeService,
  ) {}

  /** In the transaction of the change, after it: the account's own row is locked first. */
  async apply(
    administrator: Administrator,
    before: Account,
    changes: AccountChanges,
    tx: EntityManager,
  ): Promise<void> {
    const after = (await this.accounts.get(before.id, tx))!;
    if (after.email !== before.email) await this.#replaceEmail(administrator, before, after, tx);
    else await this.#refreshOpen(after, changes, tx);
    await this.#tell(before, after, tx);
    // What was asked for and was not written waits.
    if (changes.email !== undefined && changes.email !== after.email)
      await this.emailHold.hold(administrator, after, changes.email, tx);
  }

  #replaceEmail(
    { actor, client }: Administrator,
    before: Account,
    after: Account,
    tx: EntityManager,
  ): Promise<void> {
    return this.emailReplacement.apply(before, after, { id: actor.id, client }, tx);
  }

  /** Open sessions take the new rights on; a sign-in in progress was begun with the old ones, and ends. */
  async #refreshOpen(
    after: Account,
    { roles, structureId }: AccountChanges,
    tx: EntityManager,
  ): Promise<void> {
    if (roles || structureId !== undefined) await this.pendingSignIns.endAll(after.id, tx);
    await this.sessions.refreshPrincipal(principalOf(after, this.policy.codeLimit('password', after)), tx);
  }

  /** At the address before the change: the new one may be the attacker's. */
  async #tell(before: Account, after: Account, tx: EntityManager): Promise<void> {
    const to = after.email === before.email ? undefined : before.email;
    // The invitation that has just gone to the new address says it; the old one may be a stranger's.
    if (to && after.status === 'INVITED') return;
    const details = { by: 'administrator', to } as const;
    if (after.username !== before.username) await this.notices.notify('username-changed', after, details, tx);
    if (!keepsRights(before.roles, after.roles) || !keepsRights(after.roles, before.roles))
      await this.notices.notify('rights-changed', after, details, tx);
  }
}
