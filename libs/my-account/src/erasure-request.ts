import { Injectable } from '@nestjs/common';
import { Account, AccountKeeping } from '@portillon/account';
import { audited, personOf } from '@portillon/auth';
import { Audit, EventName } from '@portillon/audit';
import { Client } from '@portillon/http';
import { Database } from '@portillon/persistence';
import { Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { OwnAccount } from './own-account';

/** The wish to be erased, which an administrator confirms and the person may take back until then. */
@Injectable()
export class ErasureRequest {
  constructor(
    private readonly database: Database,
    private readonly own: OwnAccount,
    private readonly keeping: AccountKeeping,
    private readonly audit: Audit,
  ) {}

  /** Asking twice is asking once: the first date stays. */
  make(session: Session, client: Client): Promise<Account> {
    return this.#change(session, client, 'erasure_requested', (tx) =>
      this.keeping.requestErasure(session.accountId, tx),
    );
  }

  withdraw(session: Session, client: Client): Promise<Account> {
    return this.#change(session, client, 'erasure_withdrawn', (tx) =>
      this.keeping.withdrawErasure(session.accountId, tx),
    );
  }

  async #change(
    session: Session,
    client: Client,
    name: EventName,
    act: (tx: EntityManager) => Promise<boolean>,
  ): Promise<Account> {
    await this.database.transaction(async (tx) => {
      if (!(await act(tx))) return;
      await this.audit.record(audited(client, personOf(session), { name, outcome: 'SUCCESS' }), tx);
    });
    return this.own.get(session);
  }
}
