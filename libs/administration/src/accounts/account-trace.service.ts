import { Injectable } from '@nestjs/common';
import { Account, AccountImportService, EmailChangeService } from '@portillon/account';
import { AuthenticatorService } from '@portillon/authenticator';
import { NoticeService } from '@portillon/notification';
import { PendingSignInService, SessionService, TrustedDeviceService } from '@portillon/session';
import type { EntityManager } from 'typeorm';

/** What would still tell who an erased person was, and where they signed in. */
@Injectable()
export class AccountTraceService {
  constructor(
    private readonly pendingSignIns: PendingSignInService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly sessions: SessionService,
    private readonly authenticators: AuthenticatorService,
    private readonly emailChanges: EmailChangeService,
    private readonly notices: NoticeService,
    private readonly imports: AccountImportService,
  ) {}

  /** After everything that was opened with the account has ended. */
  async erase(account: Account, tx: EntityManager): Promise<void> {
    await this.pendingSignIns.erase(account.id, tx);
    await this.trustedDevices.erase(account.id, tx);
    await this.sessions.erase(account.id, tx);
    await this.authenticators.erase(account.id, tx);
    await this.emailChanges.forget(account.id, tx);
    await this.notices.forget(account.id, tx);
    await this.imports.forget(account, tx);
  }
}
