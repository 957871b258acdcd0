import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { AccountAdministrationService, InactiveAccount, AccountRetentionService } from '@portillon/account';
import { AuditService, Reason } from '@portillon/audit';
import { PURGE_EVERY_MS, ScheduledJob } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import { FactorResetService } from '@portillon/access';

const BATCH = 500;
const REASON = 'long-absence' satisfies Reason;

/**
 * Closes unused accounts, as an administrator would, after notices 30 and 7 days before. Only an administrator reopens
 * them. A link by mail is not safe: after half a year the mailbox may have another owner.
 */
@Injectable()
export class InactiveAccountJob extends ScheduledJob {
  constructor(
    private readonly transactions: Transactions,
    private readonly inactiveAccounts: AccountRetentionService,
    private readonly administration: AccountAdministrationService,
    private readonly factorReset: FactorResetService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {
    super();
  }

  /** Looks at those whose day has come, each once across all instances. */
  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(async () => {
      const unchecked = await this.inactiveAccounts.findUnchecked(BATCH);
      await this.each(
        unchecked,
        ({ accountId }) => `account ${accountId}`,
        (one) => this.#settle(one),
      );
    });
  }

  #settle(absence: InactiveAccount): Promise<void> {
    return this.transactions.run(async (tx) => {
      const { step, accountId } = absence;
      if (step.act === 'block') return this.#block(absence, tx);
      if (!(await this.inactiveAccounts.applyStep(absence, tx)) || step.act === 'wait') return;
      await this.notices.notify('long-absence', { id: accountId }, { until: step.blockedAt }, tx);
    });
  }

  /** Keeps the last national administrator: otherwise no one could admit another. */
  async #block(absence: InactiveAccount, tx: EntityManager): Promise<void> {
    const { accountId } = absence;
    if (!(await this.administration.staysNational(accountId, tx))) {
      await this.inactiveAccounts.applyStep({ ...absence, step: { act: 'wait' } }, tx);
      return;
    }
    if (!(await this.inactiveAccounts.applyStep(absence, tx))) return;
    await this.factorReset.endAll(accountId, REASON, tx);
    await this.audit.record({ name: 'user_archived', outcome: 'SUCCESS', accountId, reason: REASON }, tx);
  }
}
