import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { audited, FactorResetService, personOf, SecurityNoticeService } from '@portillon/auth';
import { Client } from '@portillon/http';
import { maskNationalId } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { Session } from '@portillon/session';
import { OwnAccountService } from './own-account.service';

const EVENT = 'identity_unlinked';

/** Takes the national id off the account: neither a card nor an e-CPS opens it any more. */
@Injectable()
export class IdentityUnlinkingService {
  constructor(
    private readonly transactions: Transactions,
    private readonly own: OwnAccountService,
    private readonly accounts: AccountService,
    private readonly factorReset: FactorResetService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {}

  /** Ends the other sessions too: one of them may be that of a lost card. Nothing happens when there is no link. */
  async unlink(session: Session, client: Client): Promise<Account> {
    const { nationalId } = await this.own.get(session);
    if (nationalId) await this.#unlink(session, nationalId, client);
    return this.own.get(session);
  }

  #unlink(session: Session, nationalId: string, client: Client): Promise<void> {
    return this.transactions.run(async (tx) => {
      // Another request was first: it has told everybody already.
      if (!(await this.accounts.unlinkNationalId(session.accountId, nationalId, tx))) return;
      await this.factorReset.endOthers(session, EVENT, tx);
      await this.notices.notify('identity-unlinked', { id: session.accountId }, { client }, tx);
      const data = { nationalId: maskNationalId(nationalId) };
      await this.audit.record(
        audited(client, personOf(session), { name: EVENT, outcome: 'SUCCESS', data }),
        tx,
      );
    });
  }
}
