import { Injectable } from '@nestjs/common';
import { Account } from '@portillon/account';
import { PasswordAttemptService } from '@portillon/credential';
import { Clock } from '@portillon/kernel';
import { OtpService } from '@portillon/otp';
import { SessionService, TrustedDeviceService } from '@portillon/session';
import type { FastifyReply } from 'fastify';
import { tellVersion } from '../entity-tag';
import { accountDetail, AdminAccount } from './account-view.dto';

/** An account with what stands around it: locks, sessions, browsers. */
@Injectable()
export class AccountPageViewService {
  constructor(
    private readonly attempts: PasswordAttemptService,
    private readonly otp: OtpService,
    private readonly sessions: SessionService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly clock: Clock,
  ) {}

  /** The answer of every route of one account, with its version as the `ETag`. */
  answer(reply: FastifyReply, account: Account): Promise<AdminAccount> {
    tellVersion(reply, account.version);
    return this.of(account);
  }

  async of(account: Account): Promise<AdminAccount> {
    const [passwordUntil, codeLock, sessions, browsers] = await Promise.all([
      this.attempts.delayedUntil(account.username),
      this.otp.lockOf(account.id),
      this.sessions.list(account.id),
      this.trustedDevices.list(account.id),
    ]);
    return accountDetail(account, {
      passwordUntil: passwordUntil ?? null,
      codeLock: codeLock ?? null,
      openSessions: sessions.length,
      rememberedBrowsers: browsers.length,
      now: this.clock.now(),
    });
  }
}
