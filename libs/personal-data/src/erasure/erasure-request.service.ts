import { Injectable } from '@nestjs/common';
import { AccountAdministrationService } from '@portillon/account';
import { personOf } from '@portillon/access';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import type { Session } from '@portillon/session';
import { entryOf } from '../act-cause';

/** The account holder's own request, which an administrator confirms; until then it can be withdrawn. */
@Injectable()
export class ErasureRequestService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administration: AccountAdministrationService,
    private readonly audit: AuditService,
  ) {}

  /** A second request changes nothing: the first date stays. */
  async request(session: Session, client: Client): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.administration.requestErasure(session.accountId, tx))) return;
      await this.audit.record(entryOf('erasure_requested', personOf(session), { client }), tx);
    });
  }

  async withdraw(session: Session, client: Client): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.administration.withdrawErasure(session.accountId, tx))) return;
      await this.audit.record(entryOf('erasure_withdrawn', personOf(session), { client }), tx);
    });
  }
}
