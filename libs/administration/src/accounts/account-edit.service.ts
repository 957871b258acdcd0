import { Injectable } from '@nestjs/common';
import {
  Account,
  AccountAdministrationService,
  AccountChanges,
  AccountDraft,
  AccountService,
  StructureService,
} from '@portillon/account';
import { audited, principalOf, SignInPolicy } from '@portillon/auth';
import { AuditData, AuditService, EventName } from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { InvitationService } from '@portillon/recovery';
import { SecurityNoticeService } from '@portillon/security-notice';
import { PendingSignInService, SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { Administrator, inviterOf } from '../administrator';
import { AccountRevocationService } from './account-revocation.service';
import { AdministeredAccountService } from './administered-account.service';

const NATIONAL = 'national-admin';

/** Who gets an account, and what is written in it. */
@Injectable()
export class AccountEditService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly accounts: AccountService,
    private readonly administration: AccountAdministrationService,
    private readonly structures: StructureService,
    private readonly sessions: SessionService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly policy: SignInPolicy,
    private readonly revocation: AccountRevocationService,
    private readonly invitations: InvitationService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {}

  /** @throws AppError `account.taken`, `permission.denied`, `not-found` for a structure out of reach, `validation.failed` */
  async invite(administrator: Administrator, draft: AccountDraft): Promise<Account> {
    const roles = draft.roles?.length ? draft.roles : ['professional'];
    await this.#requireGrantable(administrator, roles);
    const structureId = await this.#structureFor(administrator, draft.structureId, roles);
    const id = await this.transactions.run(async (tx) => {
      const created = await this.accounts.create({ ...draft, roles, structureId, status: 'INVITED' }, tx);
      if (created.status !== 'created') throw taken(created.status);
      await this.invitations.send(created.account, inviterOf(administrator), tx);
      await this.#record(administrator, created.account, 'user_created', { roles }, tx);
      return created.account.id;
    });
    return this.administered.get(administrator, id);
  }

  /**
   * Changes what is written in an account, if it still is as `version` says. New rights hold at once, in open sessions
   * too; a new mail address ends whatever was opened with the old one.
   *
   * @throws AppError `precondition.failed`, `account.taken`, `act.on-self`, `administrator.last`, `permission.denied`,
   *   `not-found`, `validation.failed`
   */
  async edit(
    administrator: Administrator,
    id: string,
    changes: AccountChanges,
    version: number,
    reason?: string,
  ): Promise<Account> {
    const before = await this.administered.touch(administrator, id);
    await this.#requireAllowed(administrator, before, changes);
    await this.transactions.run(async (tx) => {
      if (loses(before, changes)) await this.#keepOneNational(before, tx);
      await this.#write(before, changes, version, tx);
      await this.#carryOver(administrator, before, changes, tx);
      await this.#record(administrator, before, nameOf(changes), told(changes), tx, reason);
    });
    return this.administered.get(administrator, id);
  }

  async #requireAllowed(
    administrator: Administrator,
    before: Account,
    changes: AccountChanges,
  ): Promise<void> {
    const { roles } = changes;
    if (roles) await this.#requireGrantable(administrator, roles);
    if (roles && before.id === administrator.session.accountId && !sameRights(before.roles, roles))
      throw new AppError('act.on-self');
    await this.#requireMovable(administrator, before, changes);
  }

  /** Only who reaches both moves somebody from one structure to another. */
  async #requireMovable(
    administrator: Administrator,
    before: Account,
    { structureId, roles = before.roles }: AccountChanges,
  ): Promise<void> {
    const present = before.structure?.id ?? null;
    const next = structureId === undefined ? present : structureId;
    if (next !== present && administrator.scope.structureId !== null)
      await this.administered.deny(administrator, 'move-to-other-structure', before);
    await this.#structureFor(administrator, next, roles);
  }

  /** A structure's administrator makes no national one. */
  async #requireGrantable(administrator: Administrator, roles: readonly string[]): Promise<void> {
    if (administrator.scope.structureId === null || !roles.includes(NATIONAL)) return;
    await this.administered.deny(administrator, 'national-role');
  }

  /** The structure that the account is to have: the administrator's own, or one that exists. */
  async #structureFor(
    administrator: Administrator,
    asked: string | null | undefined,
    roles: readonly string[],
  ): Promise<string | null> {
    const { structureId } = administrator.scope;
    if (structureId !== null) {
      if (asked !== undefined && asked !== structureId)
        await this.administered.denyStructure(administrator, asked);
      return structureId;
    }
    if (!asked) {
      // Without a structure there is nothing to administer.
      if (roles.includes('structure-admin')) throw invalid('structureId');
      return null;
    }
    if (!(await this.structures.get(asked))) throw invalid('structureId');
    return asked;
  }

  async #write(before: Account, changes: AccountChanges, version: number, tx: EntityManager): Promise<void> {
    const { status } = await this.administration.edit(before.id, changes, version, tx);
    if (status === 'edited') return;
    if (status === 'moved') throw new AppError('precondition.failed');
    if (status === 'missing') throw new AppError('not-found');
    throw taken(status);
  }

  async #carryOver(
    administrator: Administrator,
    before: Account,
    changes: AccountChanges,
    tx: EntityManager,
  ): Promise<void> {
    const after = (await this.accounts.get(before.id, tx))!;
    if (after.email !== before.email) {
      await this.revocation.endAll(before.id, 'mail_changed', tx);
      await this.#tellNewMail(administrator, before, after, tx);
      return;
    }
    if (changes.roles || changes.structureId !== undefined) await this.pendingSignIns.endAll(before.id, tx);
    await this.sessions.refreshPrincipal(principalOf(after, this.policy.codeLimit('password', after)), tx);
  }

  /** Whoever is only invited gets the invitation anew; whoever was in is told at the address before the change. */
  #tellNewMail(
    administrator: Administrator,
    before: Account,
    after: Account,
    tx: EntityManager,
  ): Promise<void> {
    if (after.status === 'INVITED') return this.invitations.send(after, inviterOf(administrator), tx);
    return this.notices.notify('mail-changed', after, { by: 'administrator', to: before.email }, tx);
  }

  async #keepOneNational(account: Account, tx: EntityManager): Promise<void> {
    if (!(await this.administration.staysNational(account.id, tx))) throw new AppError('administrator.last');
  }

  #record(
    { session, client }: Administrator,
    account: Account,
    name: EventName,
    data: AuditData,
    tx: EntityManager,
    reason?: string,
  ): Promise<void> {
    const event = { name, outcome: 'SUCCESS', actorId: session.accountId, data, reason } as const;
    return this.audit.record(audited(client, account, event), tx);
  }
}

function loses(before: Account, { roles }: AccountChanges): boolean {
  return before.roles.includes(NATIONAL) && roles !== undefined && !roles.includes(NATIONAL);
}

function sameRights(before: readonly string[], after: readonly string[]): boolean {
  return before.every((role) => role === 'professional' || after.includes(role));
}

function nameOf(changes: AccountChanges): EventName {
  return changes.roles ? 'privilege_permissions_changed' : 'user_updated';
}

/** Which fields, and the new rights; the values of the others are the person's own. */
function told(changes: AccountChanges): AuditData {
  const { roles, structureId } = changes;
  return {
    fields: Object.keys(changes) as (keyof AccountChanges)[],
    ...(roles && { roles }),
    ...(structureId !== undefined && { structureId }),
  };
}

function taken(status: 'username-taken' | 'national-id-taken'): AppError {
  const field = status === 'username-taken' ? 'username' : 'nationalId';
  return new AppError('account.taken', { errors: [{ field, code: 'taken', message: '' }] });
}

function invalid(field: string): AppError {
  return new AppError('validation.failed', { errors: [{ field, code: 'choice', message: '' }] });
}
