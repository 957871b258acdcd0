import { Injectable } from '@nestjs/common';
import {
  Account,
  AccountService,
  erasureRequestOf,
  PendingChange,
  PendingChangeKind,
  PendingChangeService,
} from '@portillon/account';
import type { AuditData } from '@portillon/audit';
import { AppError, Clock, maskNationalId } from '@portillon/kernel';
import { NoticeKind, SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import { AccessRefusalService } from '../rights/access-refusal.service';
import { ActJournalService, JournalAct } from '../rights/act-journal.service';
import type { Administrator } from '../rights/actor';
import { isMachine } from '../rights/rights.policy';
import { accessWaits, countsAsSecond, waitingChanges } from './four-eyes.policy';

const NOTICES = {
  email: 'mail-change-requested',
  identity: 'identity-link-requested',
  roles: 'rights-change-requested',
  erasure: 'erasure-requested',
  management: 'hand-over-requested',
} as const satisfies Record<PendingChangeKind, NoticeKind>;

/** Requests the confirmation of a change, and requires that the second administrator is another person. */
@Injectable()
export class SecondAdministratorService {
  constructor(
    private readonly accounts: AccountService,
    private readonly pendingChanges: PendingChangeService,
    private readonly notices: SecurityNoticeService,
    private readonly refusals: AccessRefusalService,
    private readonly journal: ActJournalService,
    private readonly clock: Clock,
  ) {}

  /** Whether what opens this account waits when an administrator gives it. */
  isNeeded(account: Account): boolean {
    return accessWaits(account, this.clock.now());
  }

  /**
   * Requires that an administrator has not just changed what opens the account that gets these roles, since they may control
   * it. A membership has no change that waits. @throws AppError `account.access-changed`
   */
  requireSettled(account: Account, before: readonly string[], roles: readonly string[]): void {
    const waiting = waitingChanges({ ...account, roles: [...before] }, { roles }, this.clock.now());
    if (waiting.roles) throw new AppError('account.access-changed');
  }

  /** Stores a change that waits. The present address is notified at once, with the time when the change takes effect. */
  async request(
    administrator: Administrator,
    account: Account,
    change: Pick<PendingChange, 'kind' | 'value'>,
    reason: string | undefined,
    tx: EntityManager,
  ): Promise<void> {
    const request = { ...change, accountId: account.id, requestedBy: administrator.actor.id };
    const { effectiveAt } = await this.pendingChanges.request(request, tx);
    const act = { ...actOfChange(change, 'requested'), reason };
    await this.journal.recordOnAccount(administrator, account, act, tx);
    const details = { by: 'administrator', to: account.email, until: effectiveAt } as const;
    await this.notices.notify(NOTICES[change.kind], account, details, tx);
  }

  /**
   * Requires that this administrator may confirm the change. The request of a machine client always waits 24 hours,
   * because the person who registered the client could confirm their own request. @throws AppError `permission.denied`,
   * `act.on-own-request`, `act.on-machine-request`, `act.too-new-to-confirm`
   */
  async requireSecond(
    administrator: Administrator,
    { accountId, requestedBy }: Pick<PendingChange, 'accountId' | 'requestedBy'>,
  ): Promise<void> {
    const { id } = administrator.actor;
    if (isMachine(administrator))
      await this.refusals.forbid(administrator, 'machine', { account: accountId });
    if (requestedBy === id) throw new AppError('act.on-own-request');
    const people = await this.accounts.getAll([id, requestedBy]);
    if (!people.has(requestedBy)) throw new AppError('act.on-machine-request');
    if (!countsAsSecond(people.get(id)!, this.clock.now())) throw new AppError('act.too-new-to-confirm');
  }
}

export type ChangeStep = 'requested' | 'confirmed' | 'cancelled' | 'applied';

/** The journal entry of a pending change. A mail address is personal data: its value is left out. */
export function actOfChange(
  { kind, value }: Pick<PendingChange, 'kind' | 'value'>,
  step: ChangeStep,
): JournalAct {
  if (kind === 'email') return { name: `email_change_${step}` };
  return { name: `account_change_${step}`, data: dataOf(kind, value) };
}

function dataOf(kind: Exclude<PendingChangeKind, 'email'>, value: string): AuditData {
  if (kind === 'identity') return { change: kind, nationalId: maskNationalId(value) };
  if (kind === 'roles') return { change: kind, roles: value.split(' ') };
  if (kind === 'management') return { change: kind, structure: value };
  return { change: kind, receivedOn: erasureRequestOf(value).receivedOn };
}
