import { Injectable } from '@nestjs/common';
import { Account, AccountImports, EmailChanges } from '@portillon/account';
import { FactorChange } from '@portillon/auth';
import { NoticeBook } from '@portillon/notification';
import { RememberedBrowsers, Sessions, SignIns } from '@portillon/session';
import type { EntityManager } from 'typeorm';

/**
 * Ends everything that was opened with an account. The account's own row comes first, in the same transaction: whoever
 * is just signing in holds it, or one of the rows that follow, until their session is there for the last statement.
 */
@Injectable()
export class AccountEnds {
  constructor(
    private readonly factors: FactorChange,
    private readonly signIns: SignIns,
    private readonly sessions: Sessions,
    private readonly browsers: RememberedBrowsers,
    private readonly emailChanges: EmailChanges,
    private readonly notices: NoticeBook,
    private readonly imports: AccountImports,
  ) {}

  everything(accountId: string, reason: string, tx: EntityManager): Promise<void> {
    return this.factors.endAll(accountId, reason, tx);
  }

  async sessionsAlone(accountId: string, reason: string, tx: EntityManager): Promise<void> {
    await this.signIns.endAll(accountId, tx);
    await this.sessions.endAll(accountId, reason, {}, tx);
  }

  /** Deletes what would still tell who somebody erased was and where they signed in. */
  async traces(account: Account, tx: EntityManager): Promise<void> {
    const accountId = account.id;
    await this.signIns.erase(accountId, tx);
    await this.browsers.erase(accountId, tx);
    await this.sessions.erase(accountId, tx);
    await this.emailChanges.forget(accountId, tx);
    await this.notices.forget(accountId, tx);
    await this.imports.forget(account, tx);
  }
}
