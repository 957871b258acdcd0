import { Injectable } from '@nestjs/common';
import { Account, AccountImportService, EmailChangeService } from '@portillon/account';
import { FactorResetService } from '@portillon/auth';
import { NoticeService } from '@portillon/notification';
import { PendingSignInService, SessionService, TrustedDeviceService } from '@portillon/session';
import type { EntityManager } from 'typeorm';

/**
 * Ends everything that was opened with an account. The account's own row comes first, in the same transaction: whoever
 * is just signing in holds it, or one of the rows that follow, until their session is there for the last statement.
 */
@Injectable()
export class AccountRevocationService {
  constructor(
    private readonly factorReset: FactorResetService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly sessions: SessionService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly emailChanges: EmailChangeService,
    private readonly notices: NoticeService,
    private readonly imports: AccountImportService,
  ) {}

  endAll(accountId: string, reason: string, tx: EntityManager): Promise<void> {
    return this.factorReset.endAll(accountId, reason, tx);
  }

  async endSessions(accountId: string, reason: string, tx: EntityManager): Promise<void> {
    await this.pendingSignIns.endAll(accountId, tx);
    await this.sessions.endAll(accountId, reason, {}, tx);
  }

  /** Deletes what would still tell who somebody erased was and where they signed in. */
  async eraseTraces(account: Account, tx: EntityManager): Promise<void> {
    const accountId = account.id;
    await this.pendingSignIns.erase(accountId, tx);
    await this.trustedDevices.erase(accountId, tx);
    await this.sessions.erase(accountId, tx);
    await this.emailChanges.forget(accountId, tx);
    await this.notices.forget(accountId, tx);
    await this.imports.forget(account, tx);
  }
}
