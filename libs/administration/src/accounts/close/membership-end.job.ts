import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { MembershipChangeService } from '@portillon/access';
import { MembershipService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { MINUTE, ScheduledJob } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';

const BATCH = 500;

/** Ends memberships whose last day has come, each once across all instances, as an administrator would. */
@Injectable()
export class MembershipEndJob extends ScheduledJob {
  constructor(
    private readonly transactions: Transactions,
    private readonly memberships: MembershipService,
    private readonly changes: MembershipChangeService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {
    super();
  }

  @Interval(MINUTE)
  run(): Promise<void> {
    return this.turn(async () => {
      const over = await this.memberships.findOver(BATCH);
      await this.each(
        over,
        ({ accountId, structureId }) => `membership of ${accountId} in ${structureId}`,
        ({ accountId, structureId }) => this.#end(accountId, structureId),
      );
    });
  }

  #end(accountId: string, structureId: string): Promise<void> {
    return this.transactions.run(async (tx) => {
      if (!(await this.memberships.endOver(accountId, structureId, tx))) return;
      const { structure } = (await this.memberships.find(accountId, structureId, tx))!;
      await this.changes.refreshSessions(accountId, tx);
      const event = { name: 'membership_ended', outcome: 'SUCCESS', reason: 'last-day' } as const;
      await this.audit.record({ ...event, accountId, structureId }, tx);
      await this.notices.notify('membership-ended', { id: accountId }, { structure: structure.name }, tx);
    });
  }
}
