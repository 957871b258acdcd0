import { Injectable } from '@nestjs/common';
import { Account } from '@portillon/account';
import { PasswordAttemptService, PasswordHashingService } from '@portillon/credential';
import { AuditService } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError, Clock, tooMany } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { Session } from '@portillon/session';
import { audited, personOf } from '@portillon/access';
import { LockNoticeService } from './lock-notice.service';

/** Verifies the current password of a signed-in user. */
@Injectable()
export class CurrentPasswordService {
  constructor(
    private readonly transactions: Transactions,
    private readonly attempts: PasswordAttemptService,
    private readonly passwords: PasswordHashingService,
    private readonly lockNotices: LockNoticeService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts attempts like a sign-in, with a separate limit for the session: a stolen session cannot guess without end. A
   * right password is never a failure, even when the following action fails.
   *
   * @throws AppError `password.wrong`, `attempts.exceeded`, `service.busy`
   */
  async prove(session: Session, account: Account, password: string, client: Client): Promise<void> {
    const { username } = account;
    const bucket = session.browserId ?? session.id;
    const attempt = await this.attempts.begin(username, bucket);
    if (attempt.status === 'delayed') throw tooMany('attempts.exceeded', attempt.retryAt, this.clock.now());
    if (await this.attempts.settle(username, bucket, this.#isRight(account, bucket, password))) return;
    const reason = account.passwordVoid ? 'password-void' : 'wrong-password';
    const event = { name: 'authn_password_change_fail', outcome: 'FAILURE', reason } as const;
    await this.audit.record(audited(client, personOf(session), event));
    this.lockNotices.check({ username, browserId: bucket, account, client });
    throw wrongPassword();
  }

  async #isRight({ username, passwordDigest }: Account, bucket: string, password: string): Promise<boolean> {
    if (!(await this.passwords.verify(passwordDigest, password))) return false;
    await this.transactions.run((tx) => this.attempts.succeeded(username, bucket, tx));
    return true;
  }
}

/** The error for any wrong current password. */
export function wrongPassword(): AppError {
  return new AppError('password.wrong', {
    errors: [{ field: 'currentPassword', code: 'wrong', message: '' }],
  });
}
