import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import {
  Account,
  AccountAdministrationService,
  AccountService,
  PendingEmail,
  PendingEmailService,
} from '@portillon/account';
import { ApplicationEntity, ApplicationRepository } from '@portillon/application';
import { AuditService, Reason } from '@portillon/audit';
import { AppError, MINUTE, ScheduledJob } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import type { JournalAct } from '../act-journal.service';
import { isNational, mayHandle, reaches, scopeOf, scopeOfMachine } from '../rights.policy';
import { EmailReplacementService } from './email-replacement.service';

const BATCH = 100;
const REASON = 'role' satisfies Reason;

/** Mail addresses whose 24 hours are over take effect, each once across all instances. */
@Injectable()
export class PendingEmailJob extends ScheduledJob {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly applications: ApplicationRepository,
    private readonly pendingEmails: PendingEmailService,
    private readonly administration: AccountAdministrationService,
    private readonly replacement: EmailReplacementService,
    private readonly audit: AuditService,
  ) {
    super();
  }

  @Interval(MINUTE)
  run(): Promise<void> {
    return this.turn(async () => {
      for (const pending of await this.pendingEmails.due(BATCH))
        await this.#settle(pending).catch((error: unknown) =>
          this.logger.warn(`address of account ${pending.accountId} put off: ${String(error)}`),
        );
    });
  }

  async #settle(pending: PendingEmail): Promise<void> {
    const people = await this.accounts.getAll([pending.accountId, pending.requestedBy]);
    const account = people.get(pending.accountId);
    if (!account) return;
    const application = await this.applications.find(pending.requestedBy);
    const stands =
      mayStillChange(people.get(pending.requestedBy), account) || serviceMayStillChange(application, account);
    await this.transactions.run((tx) =>
      stands ? this.#apply(pending, account, tx) : this.#cancel(pending, account, tx),
    );
  }

  async #apply(pending: PendingEmail, account: Account, tx: EntityManager): Promise<void> {
    // Changed, confirmed or cancelled since it was read: the next turn sees what is left to do.
    if (!(await this.administration.replaceEmail(pending, account.version, tx)))
      throw new AppError('precondition.failed');
    const after = { ...account, email: pending.email };
    await this.replacement.apply(account, after, { id: pending.requestedBy }, tx);
    await this.#record({ name: 'email_change_applied' }, pending, account, tx);
  }

  /** An administrator who was closed or lost the right meanwhile may have been an intruder. */
  async #cancel(pending: PendingEmail, account: Account, tx: EntityManager): Promise<void> {
    if (!(await this.pendingEmails.cancel(pending.id, tx))) return;
    await this.#record({ name: 'email_change_cancelled', reason: REASON }, pending, account, tx);
  }

  #record(
    act: Pick<JournalAct, 'name' | 'reason'>,
    { accountId, requestedBy: actorId }: PendingEmail,
    { structure }: Account,
    tx: EntityManager,
  ): Promise<void> {
    const structureId = structure?.id ?? null;
    return this.audit.record({ ...act, outcome: 'SUCCESS', accountId, actorId, structureId }, tx);
  }
}

function mayStillChange(requester: Account | undefined, account: Account): boolean {
  if (requester?.status !== 'ACTIVE') return false;
  const scope = scopeOf('accounts.edit', requester);
  return !!scope && reaches(scope, account.structure?.id ?? null) && mayHandle(scope, account.roles);
}

function serviceMayStillChange(service: ApplicationEntity | null, account: Account): boolean {
  if (service?.status !== 'active') return false;
  const scope = scopeOfMachine('accounts.edit', service);
  return !!scope && reaches(scope, account.structure?.id ?? null) && !isNational(account.roles);
}
