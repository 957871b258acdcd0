import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService } from '@portillon/account';
import { audited, personOf } from '@portillon/auth';
import { AuditService, EventName } from '@portillon/audit';
import { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import { Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { OwnAccountService } from './own-account.service';

/** The wish to be erased, which an administrator confirms and the person may take back until then. */
@Injectable()
export class ErasureRequestService {
  constructor(
    private readonly transactions: Transactions,
    private readonly own: OwnAccountService,
    private readonly administration: AccountAdministrationService,
    private readonly audit: AuditService,
  ) {}

  /** Asking twice is asking once: the first date stays. */
  request(session: Session, client: Client): Promise<Account> {
    return this.#change(session, client, 'erasure_requested', (tx) =>
      this.administration.requestErasure(session.accountId, tx),
    );
  }

  withdraw(session: Session, client: Client): Promise<Account> {
    return this.#change(session, client, 'erasure_withdrawn', (tx) =>
      this.administration.withdrawErasure(session.accountId, tx),
    );
  }

  async #change(
    session: Session,
    client: Client,
    name: EventName,
    act: (tx: EntityManager) => Promise<boolean>,
  ): Promise<Account> {
    await this.transactions.run(async (tx) => {
      if (!(await act(tx))) return;
      await this.audit.record(audited(client, personOf(session), { name, outcome: 'SUCCESS' }), tx);
    });
    return this.own.get(session);
  }
}
