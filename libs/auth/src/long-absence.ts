import { Injectable, Logger } from '@nestjs/common';
import { Absence, Absences, AccountKeeping } from '@portillon/account';
import { Audit, Reason } from '@portillon/audit';
import { Database } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { FactorChange } from './factor-change';
import { Notices } from './notices';

const REASON = 'long-absence' satisfies Reason;

/**
 * Accounts that nobody uses: the person is told 30 and 7 days before, then the account is closed as an administrator
 * closes it, and an administrator reopens it. Not the person, by a link: after half a year nobody knows whose the
 * mailbox is.
 */
@Injectable()
export class LongAbsence {
  readonly #logger = new Logger('LongAbsence');

  constructor(
    private readonly database: Database,
    private readonly absences: Absences,
    private readonly keeping: AccountKeeping,
    private readonly factors: FactorChange,
    private readonly notices: Notices,
    private readonly audit: Audit,
  ) {}

  /** Looks at those whose day has come, at most `batch`, each once across all instances: how many. */
  async look(batch: number): Promise<number> {
    const due = await this.absences.due(batch);
    for (const absence of due)
      await this.#settle(absence).catch((error: unknown) =>
        this.#logger.warn(`account ${absence.accountId} put off: ${String(error)}`),
      );
    return due.length;
  }

  #settle(absence: Absence): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { step, accountId } = absence;
      if (step.act === 'block') return this.#block(absence, tx);
      if (!(await this.absences.settle(absence, tx)) || step.act === 'wait') return;
      await this.notices.tell('long-absence', { id: accountId }, { until: step.blockedAt }, tx);
    });
  }

  /** Not the last of the national administrators: nobody could let anybody in any more. */
  async #block(absence: Absence, tx: EntityManager): Promise<void> {
    const { accountId } = absence;
    if (await this.#isLastNational(accountId, tx)) {
      await this.absences.settle({ ...absence, step: { act: 'wait' } }, tx);
      return;
    }
    if (!(await this.absences.settle(absence, tx))) return;
    await this.factors.endAll(accountId, REASON, tx);
    await this.audit.record({ name: 'user_archived', outcome: 'SUCCESS', accountId, reason: REASON }, tx);
  }

  async #isLastNational(accountId: string, tx: EntityManager): Promise<boolean> {
    const national = await this.keeping.nationalAdministrators(tx);
    return national.includes(accountId) && !(await this.keeping.staysNational(accountId, tx));
  }
}
