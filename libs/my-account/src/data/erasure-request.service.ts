import { Injectable } from '@nestjs/common';
import { AccountAdministrationService } from '@portillon/account';
import { audited, personOf } from '@portillon/access';
import { AuditService } from '@portillon/audit';
import { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import { Session } from '@portillon/session';

/** The wish to be erased, which an administrator confirms and the person may take back until then. */
@Injectable()
export class ErasureRequestService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administration: AccountAdministrationService,
    private readonly audit: AuditService,
  ) {}

  /** Asking twice is asking once: the first date stays. */
  async request(session: Session, client: Client): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.administration.requestErasure(session.accountId, tx))) return;
      const event = { name: 'erasure_requested', outcome: 'SUCCESS' } as const;
      await this.audit.record(audited(client, personOf(session), event), tx);
    });
  }

  async withdraw(session: Session, client: Client): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.administration.withdrawErasure(session.accountId, tx))) return;
      const event = { name: 'erasure_withdrawn', outcome: 'SUCCESS' } as const;
      await this.audit.record(audited(client, personOf(session), event), tx);
    });
  }
}
