import { Injectable } from '@nestjs/common';
import { Account, AccountService, PendingChangeService } from '@portillon/account';
import { PasswordAttemptService } from '@portillon/credential';
import { Clock } from '@portillon/kernel';
import { OtpService } from '@portillon/otp';
import { SessionService, TrustedDeviceService } from '@portillon/session';
import type { FastifyReply } from 'fastify';
import { setVersion } from '@portillon/http';
import { accountDetail, AdminAccount, AccountContext } from './account-view.dto';

/** An account with its locks, sessions and browsers. */
@Injectable()
export class AccountPageViewService {
  constructor(
    private readonly attempts: PasswordAttemptService,
    private readonly otp: OtpService,
    private readonly sessions: SessionService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly pendingChanges: PendingChangeService,
    private readonly directory: AccountService,
    private readonly clock: Clock,
  ) {}

  /** The answer of every route of one account, with its version as the `ETag`. */
  answer(reply: FastifyReply, account: Account): Promise<AdminAccount> {
    setVersion(reply, account.version);
    return this.of(account);
  }

  async of(account: Account): Promise<AdminAccount> {
    const [passwordUntil, codeLock, sessions, browsers, around] = await Promise.all([
      this.attempts.delayedUntil(account.username),
      this.otp.lockOf(account.id),
      this.sessions.list(account.id),
      this.trustedDevices.list(account.id),
      this.#administratorsOf(account),
    ]);
    return accountDetail(account, {
      passwordUntil: passwordUntil ?? null,
      codeLock: codeLock ?? null,
      ...around,
      openSessions: sessions.length,
      rememberedBrowsers: browsers.length,
      now: this.clock.now(),
    });
  }

  /** The pending changes, and the names of the administrators who requested them or attested the identity. */
  async #administratorsOf(
    account: Account,
  ): Promise<Pick<AccountContext, 'pendingChanges' | 'administrators'>> {
    const pendingChanges = await this.pendingChanges.list(account.id);
    const ids = pendingChanges.map(({ requestedBy }) => requestedBy);
    if (account.identityVerifiedBy !== null) ids.push(account.identityVerifiedBy);
    if (ids.length === 0) return { pendingChanges, administrators: new Map() };
    return { pendingChanges, administrators: await this.directory.findNames(ids) };
  }
}
