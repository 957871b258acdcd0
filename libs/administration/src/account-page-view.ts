import { Injectable } from '@nestjs/common';
import { Account, PasswordAttempts } from '@portillon/account';
import { Clock } from '@portillon/kernel';
import { Otp } from '@portillon/otp';
import { RememberedBrowsers, Sessions } from '@portillon/session';
import { accountDetail, AdminAccount } from './account-view.dto';

/** An account with what stands around it: locks, sessions, browsers. */
@Injectable()
export class AccountPageView {
  constructor(
    private readonly attempts: PasswordAttempts,
    private readonly otp: Otp,
    private readonly sessions: Sessions,
    private readonly browsers: RememberedBrowsers,
    private readonly clock: Clock,
  ) {}

  async of(account: Account): Promise<AdminAccount> {
    const [passwordUntil, codeLock, sessions, browsers] = await Promise.all([
      this.attempts.delayedUntil(account.username),
      this.otp.lockOf(account.id),
      this.sessions.list(account.id),
      this.browsers.list(account.id),
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
