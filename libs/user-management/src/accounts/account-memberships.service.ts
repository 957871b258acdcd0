import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService, AccountService, MembershipService } from '@portillon/account';
import type { MembershipChanges, MembershipRecord } from '@portillon/account';
import { MembershipChangeService } from '@portillon/access';
import type { AuditData } from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import { AccessRefusalService } from '../rights/access-refusal.service';
import { ActJournalService, JournalAct } from '../rights/act-journal.service';
import type { Administrator } from '../rights/actor';
import { AdministeredAccountService } from '../rights/administered-account.service';
import { isMachine, isNational, isPrivileged, keepsRights } from '../rights/rights.policy';
import { SecondAdministratorService } from './second-administrator.service';

/** Changes and ends a person's place in one structure, which may manage the account or not, and hands the account over. */
@Injectable()
export class AccountMembershipsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly administration: AccountAdministrationService,
    private readonly accounts: AccountService,
    private readonly memberships: MembershipService,
    private readonly effects: MembershipChangeService,
    private readonly second: SecondAdministratorService,
    private readonly refusals: AccessRefusalService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /**
   * Changes the membership, if it still has `version`. New roles apply at once, also in open sessions.
   *
   * @throws AppError `not-found`, `permission.denied`, `precondition.failed`, `act.on-self`, `account.access-changed`,
   * `validation.failed`; `account.state` for roles, external id and end of the managing one, which are the account's
   */
  async change(
    administrator: Administrator,
    id: string,
    structureId: string,
    { changes, version, reason }: { changes: MembershipChanges; version: number; reason?: string },
  ): Promise<MembershipRecord> {
    const account = await this.administered.getMember(administrator, id, structureId);
    const before = placeOf(account, structureId)!;
    const { roles, externalId, until } = changes;
    if (before.manages && (roles || externalId !== undefined || until !== undefined))
      throw new AppError('account.state');
    if (roles) await this.#requireGrantable(administrator, account, before.roles, roles);
    await this.transactions.run(async (tx) => {
      await this.accounts.lockRow(id, tx);
      if (!(await this.memberships.change({ accountId: id, structureId }, changes, version, tx)))
        throw new AppError('precondition.failed');
      await this.#applyRoles(account, before.roles, changes.roles, tx);
      await this.effects.refreshSessions(id, tx);
      await this.#record(administrator, account, structureId, { ...actOf(changes), reason }, tx);
    });
    return (await this.memberships.find(id, structureId))!;
  }

  /**
   * Ends the membership: its rights end at the next request, and sessions in use there fall back to another structure. The
   * managing structure leaves the account to the nation.
   *
   * @throws AppError `not-found`, `permission.denied`, `act.on-self`, `precondition.failed`; `account.state` for a
   * managing structure that is the only one
   */
  async end(administrator: Administrator, id: string, structureId: string, reason?: string): Promise<void> {
    const account = await this.administered.getMember(administrator, id, structureId);
    await this.transactions.run((tx) => this.endMembership(administrator, account, structureId, reason, tx));
  }

  /** As {@link end}, of a member who was read for the act, in the caller's transaction. */
  async endMembership(
    administrator: Administrator,
    account: Account,
    structureId: string,
    reason: string | undefined,
    tx: EntityManager,
  ): Promise<void> {
    if (account.id === administrator.actor.id) throw new AppError('act.on-self');
    const place = placeOf(account, structureId)!;
    if (place.manages && account.memberships.length === 1) throw new AppError('account.state');
    await this.administered.lockForUpdate(account, tx);
    const isEnded = place.manages
      ? await this.#leaveToNation(account, tx)
      : await this.memberships.end(account.id, structureId, tx);
    if (!isEnded) throw new AppError('precondition.failed');
    await this.effects.refreshSessions(account.id, tx);
    await this.#record(administrator, account, structureId, { name: 'membership_ended', reason }, tx);
    const details = { by: 'administrator', structure: place.structure.name } as const;
    await this.notices.notify('membership-ended', account, details, tx);
  }

  /**
   * Asks that another structure of the person manage the account. It takes effect when an administrator of that structure
   * agrees, who is another person, and never by time alone.
   *
   * @throws AppError `not-found`, `permission.denied`, `act.on-self`; `account.state` without an open membership there, or
   * when the account is closed
   */
  async handOver(
    administrator: Administrator,
    id: string,
    structureId: string,
    reason: string,
  ): Promise<Account> {
    if (isMachine(administrator)) await this.refusals.forbid(administrator, 'machine', { account: id });
    const account = await this.administered.getOtherForAct(administrator, id);
    const place = placeOf(account, structureId);
    if (!place || place.manages || account.status === 'DEACTIVATED') throw new AppError('account.state');
    await this.transactions.run(async (tx) => {
      await this.administered.lockForUpdate(account, tx);
      const change = { kind: 'management', value: structureId } as const;
      await this.second.request(administrator, account, change, reason, tx);
    });
    return this.administered.get(administrator, id);
  }

  /** A role that administers was held in the structure that leaves; without one, an auditor would read everywhere. */
  async #leaveToNation(account: Account, tx: EntityManager): Promise<boolean> {
    const roles = account.roles.filter((role) => !isPrivileged([role]) || isNational([role]));
    const left = { structureId: null, externalId: null, roles };
    // Locked since it was read, which made another version.
    const { status } = await this.administration.edit(account.id, left, account.version + 1, tx);
    return status === 'edited';
  }

  async #requireGrantable(
    administrator: Administrator,
    account: Account,
    before: readonly string[],
    roles: readonly string[],
  ): Promise<void> {
    await this.administered.requireGrantable(administrator, roles);
    const isOwn = account.id === administrator.actor.id;
    if (isOwn && !keepsRights(before, roles)) throw new AppError('act.on-self');
    this.second.requireSettled(account, before, roles);
  }

  async #applyRoles(
    account: Account,
    before: readonly string[],
    after: readonly string[] | undefined,
    tx: EntityManager,
  ): Promise<void> {
    if (!after || (keepsRights(before, after) && keepsRights(after, before))) return;
    await this.administration.recordAdministrationChange(account.id, tx);
    await this.notices.notify('rights-changed', account, { by: 'administrator' }, tx);
  }

  /** In the journal of the structure in whose name it is done. */
  #record(
    administrator: Administrator,
    { id }: Account,
    structureId: string,
    act: JournalAct,
    tx: EntityManager,
  ): Promise<void> {
    const account = { id, structure: { id: structureId } };
    return this.journal.recordOnAccount(administrator, account, act, tx);
  }
}

function placeOf({ memberships }: Account, structureId: string) {
  return memberships.find(({ structure }) => structure.id === structureId);
}

function actOf({ roles, ...others }: MembershipChanges): JournalAct {
  const fields = [
    ...(roles ? (['roles'] as const) : []),
    ...(Object.keys(others) as ('function' | 'until' | 'externalId')[]),
  ];
  const data: AuditData = { fields, ...(roles && { roles }) };
  return { name: 'membership_changed', data };
}
