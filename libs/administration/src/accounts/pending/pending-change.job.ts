import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import {
  Account,
  AccountAdministrationService,
  AccountService,
  heldRoles,
  PendingChange,
  PendingChangeService,
} from '@portillon/account';
import { ApplicationEntity, ApplicationService } from '@portillon/application';
import { AuditService, Reason } from '@portillon/audit';
import { MINUTE, ScheduledJob } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import {
  actOfChange,
  AdministeredStructureService,
  ChangeStep,
  isNational,
  mayHandle,
  isWithinReach,
  rightsScopeOf,
  scopeOfMachine,
} from '@portillon/user-management';
import { ChangeDecisionService } from './change-decision.service';

const BATCH = 100;

/** Changes whose 24 hours are over take effect, each once across all instances. */
@Injectable()
export class PendingChangeJob extends ScheduledJob {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly administration: AccountAdministrationService,
    private readonly applications: ApplicationService,
    private readonly structures: AdministeredStructureService,
    private readonly pendingChanges: PendingChangeService,
    private readonly decisions: ChangeDecisionService,
    private readonly audit: AuditService,
  ) {
    super();
  }

  @Interval(MINUTE)
  run(): Promise<void> {
    return this.turn(async () => {
      const due = await this.pendingChanges.due(BATCH);
      await this.each(
        due,
        ({ kind, accountId }) => `${kind} of account ${accountId}`,
        (pending) => this.#settle(pending),
      );
    });
  }

  async #settle(pending: PendingChange): Promise<void> {
    const people = await this.accounts.getAll([pending.accountId, pending.requestedBy]);
    const account = people.get(pending.accountId);
    if (!account) return;
    const reason = await this.#voidBecause(pending, account, people.get(pending.requestedBy));
    await this.transactions.run((tx) =>
      reason ? this.#cancel(pending, account, reason, tx) : this.#apply(pending, account, tx),
    );
  }

  /** An administrator who was closed or lost the right meanwhile may have been an intruder. */
  async #voidBecause(
    pending: PendingChange,
    account: Account,
    requester: Account | undefined,
  ): Promise<Reason | undefined> {
    if (pending.kind === 'management') return 'lapsed';
    const may = requester
      ? await this.#mayStillChange(requester, account, pending)
      : serviceMayStillChange(await this.applications.get(pending.requestedBy), account);
    if (!may) return 'role';
    if (pending.kind === 'erasure' && (await this.#isLastAdministrator(account))) return 'last-administrator';
    const taken = pending.kind === 'identity' && (await this.accounts.findByNationalId(pending.value));
    return taken ? 'taken' : undefined;
  }

  async #mayStillChange(
    requester: Account,
    account: Account,
    { kind, value }: PendingChange,
  ): Promise<boolean> {
    if (requester.status !== 'ACTIVE') return false;
    const own = rightsScopeOf(kind === 'erasure' ? 'accounts.erase' : 'accounts.edit', requester);
    const scope = await this.structures.withBelow(own);
    const roles = kind === 'roles' ? value.split(' ') : [];
    return (
      !!scope &&
      isWithinReach(scope, account.structure?.id ?? null) &&
      mayHandle(scope, [...heldRoles(account), ...roles])
    );
  }

  /** An administrator who became the last one since the erasure was requested. */
  async #isLastAdministrator({ id }: Account): Promise<boolean> {
    const national = await this.administration.nationalAdministrators();
    return national.length === 1 && national[0] === id;
  }

  async #apply(pending: PendingChange, account: Account, tx: EntityManager): Promise<void> {
    // Changed, confirmed or cancelled since it was read: the next run handles the rest.
    await this.decisions.apply(pending, account, account.version, { id: pending.requestedBy }, tx);
    await this.#record('applied', undefined, pending, account, tx);
  }

  async #cancel(pending: PendingChange, account: Account, reason: Reason, tx: EntityManager): Promise<void> {
    if (await this.pendingChanges.cancel(pending.id, tx))
      await this.#record('cancelled', reason, pending, account, tx);
  }

  #record(
    step: ChangeStep,
    reason: Reason | undefined,
    pending: PendingChange,
    { id: accountId, structure }: Account,
    tx: EntityManager,
  ): Promise<void> {
    const who = { accountId, actorId: pending.requestedBy, structureId: structure?.id ?? null };
    return this.audit.record({ ...actOfChange(pending, step), ...who, reason, outcome: 'SUCCESS' }, tx);
  }
}

function serviceMayStillChange(service: ApplicationEntity | null, account: Account): boolean {
  if (service?.status !== 'active') return false;
  const scope = scopeOfMachine('accounts.edit', service);
  return !!scope && isWithinReach(scope, account.structure?.id ?? null) && !isNational(account.roles);
}
