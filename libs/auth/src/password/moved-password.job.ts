import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DueMovedPassword, MovedPasswordService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { PURGE_EVERY_MS, ScheduledJob } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';

const BATCH = 500;

/**
 * Ends passwords that moved in from another product and were not used in time, after mails 30 and 7 days before. Their
 * holders then choose another by « Mot de passe oublié ».
 */
@Injectable()
export class MovedPasswordJob extends ScheduledJob {
  constructor(
    private readonly transactions: Transactions,
    private readonly moved: MovedPasswordService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {
    super();
  }

  /** Looks at those whose day has come, each once across all instances. */
  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(async () => {
      const due = await this.moved.findDue(BATCH);
      await this.each(
        due,
        ({ accountId }) => `account ${accountId}`,
        (one) => this.#settle(one),
      );
    });
  }

  #settle(due: DueMovedPassword): Promise<void> {
    return this.transactions.run(async (tx) => {
      const { accountId, step } = due;
      if (!(await this.moved.applyStep(due, tx))) return;
      if (step.act === 'warn')
        await this.notices.notify('moved-password-ending', { id: accountId }, { until: step.endsAt }, tx);
      else await this.audit.record({ name: 'moved_password_ended', outcome: 'SUCCESS', accountId }, tx);
    });
  }
}
