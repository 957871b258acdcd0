import { Injectable } from '@nestjs/common';
import { Account } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { PendingSignInService, SessionService } from '@portillon/session';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';
import { AdministeredAccountService } from '../rights/administered-account.service';

/** Ends an account's sessions: all, with the sign-ins in progress, or one. */
@Injectable()
export class AccountRevocationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly sessions: SessionService,
    private readonly journal: ActJournalService,
  ) {}

  async revoke(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.touch(administrator, id);
    await this.transactions.run(async (tx) => {
      await this.administered.claim(account, tx);
      // Sessions last: a sign-in that completes at this moment holds its row until its session is there.
      await this.pendingSignIns.endAll(account.id, tx);
      await this.sessions.endAll(account.id, 'revoked_by_administrator', {}, tx);
      await this.journal.recordOnAccount(administrator, account, { name: 'session_revoked', reason }, tx);
    });
    return this.administered.get(administrator, id);
  }

  /** @throws AppError `not-found` alike for a session that is unknown, over, or of another account */
  async revokeOne(
    administrator: Administrator,
    id: string,
    session: string,
    reason?: string,
  ): Promise<Account> {
    const account = await this.administered.touch(administrator, id);
    await this.transactions.run(async (tx) => {
      await this.administered.claim(account, tx);
      if (!(await this.sessions.endOf(account.id, session, 'revoked_by_administrator', tx)))
        throw new AppError('not-found');
      await this.journal.recordOnAccount(administrator, account, { name: 'session_revoked', reason }, tx);
    });
    return this.administered.get(administrator, id);
  }
}
