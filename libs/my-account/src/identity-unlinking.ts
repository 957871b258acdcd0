import { Injectable } from '@nestjs/common';
import { Account, Accounts } from '@portillon/account';
import { Audit } from '@portillon/audit';
import { audited, FactorChange, Notices, personOf } from '@portillon/auth';
import { Client } from '@portillon/http';
import { maskNationalId } from '@portillon/kernel';
import { Database } from '@portillon/persistence';
import { Session } from '@portillon/session';
import { OwnAccount } from './own-account';

const EVENT = 'identity_unlinked';

/** Takes the national id off the account: neither a card nor an e-CPS opens it any more. */
@Injectable()
export class IdentityUnlinking {
  constructor(
    private readonly database: Database,
    private readonly own: OwnAccount,
    private readonly accounts: Accounts,
    private readonly factors: FactorChange,
    private readonly notices: Notices,
    private readonly audit: Audit,
  ) {}

  /** Ends the other sessions too: one of them may be that of a lost card. Nothing happens when there is no link. */
  async unlink(session: Session, client: Client): Promise<Account> {
    const { nationalId } = await this.own.get(session);
    if (nationalId) await this.#unlink(session, nationalId, client);
    return this.own.get(session);
  }

  #unlink(session: Session, nationalId: string, client: Client): Promise<void> {
    return this.database.transaction(async (tx) => {
      // Another request was first: it has told everybody already.
      if (!(await this.accounts.unlinkNationalId(session.accountId, nationalId, tx))) return;
      await this.factors.endOthers(session, EVENT, tx);
      await this.notices.tell('identity-unlinked', { id: session.accountId }, { client }, tx);
      const data = { nationalId: maskNationalId(nationalId) };
      await this.audit.record(
        audited(client, personOf(session), { name: EVENT, outcome: 'SUCCESS', data }),
        tx,
      );
    });
  }
}
