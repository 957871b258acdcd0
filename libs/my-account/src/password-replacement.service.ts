import { Injectable } from '@nestjs/common';
import { Account, AccountService, PasswordAttemptService, PasswordHashingService } from '@portillon/account';
import {
  audited,
  FactorResetService,
  LockNoticeService,
  personOf,
  refuseWeakPassword,
  SecurityNoticeService,
} from '@portillon/auth';
import { AuditService } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError, Clock, tooMany } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { Session, SessionService } from '@portillon/session';
import { OwnAccountService } from './own-account.service';

export interface PasswordReplacementRequest {
  currentPassword: string;
  newPassword: string;
}

/** The change of one's password: proves the old one, ends everything that was opened with it. */
@Injectable()
export class PasswordReplacementService {
  constructor(
    private readonly transactions: Transactions,
    private readonly own: OwnAccountService,
    private readonly accounts: AccountService,
    private readonly passwords: PasswordHashingService,
    private readonly attempts: PasswordAttemptService,
    private readonly sessions: SessionService,
    private readonly factorReset: FactorResetService,
    private readonly notices: SecurityNoticeService,
    private readonly lockNotices: LockNoticeService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Resolves to the new token of the session at hand: a password change is a step, and each step makes one.
   *
   * @throws AppError `password.wrong`, `password.weak`, `attempts.exceeded`, `service.busy`
   */
  async replace(session: Session, passwords: PasswordReplacementRequest, client: Client): Promise<string> {
    const account = await this.own.get(session);
    const bucket = await this.#prove(session, account, passwords.currentPassword, client);
    refuseWeakPassword(this.passwords, account, passwords.newPassword);
    const digest = await this.passwords.hash(passwords.newPassword);
    return this.transactions.run(async (tx) => {
      if (!(await this.accounts.holdForSignIn(account.id, account.passwordChangedAt, tx)))
        throw sessionRequired();
      await this.attempts.succeeded(account.username, bucket, tx);
      // Of two changes that knew the same old password, one wins.
      if (!(await this.accounts.setPassword(account.id, digest, tx, account.passwordDigest!)))
        throw wrongPassword();
      await this.factorReset.endOthers(session, 'password_changed', tx);
      await this.notices.notify('password-changed', account, { client }, tx);
      await this.audit.record(
        audited(client, personOf(session), { name: 'authn_password_change', outcome: 'SUCCESS' }),
        tx,
      );
      const rotated = await this.sessions.rotate(session, { authenticatedAt: this.clock.now() }, tx);
      if (!rotated) throw sessionRequired();
      return rotated.token;
    });
  }

  /** Counts like a sign-in, in a bucket of the session's own: a stolen session is no way to guess for ever. */
  async #prove(session: Session, account: Account, password: string, client: Client): Promise<string> {
    const bucket = session.browserId ?? session.id;
    const attempt = await this.attempts.begin(account.username, bucket);
    if (attempt.status === 'delayed') throw tooMany('attempts.exceeded', attempt.retryAt, this.clock.now());
    if (await this.passwords.verify(account.passwordDigest, password)) return bucket;
    const event = {
      name: 'authn_password_change_fail',
      outcome: 'FAILURE',
      reason: 'wrong-password',
    } as const;
    await this.audit.record(audited(client, personOf(session), event));
    this.lockNotices.check({ username: account.username, browserId: bucket, account, client });
    throw wrongPassword();
  }
}

function wrongPassword(): AppError {
  return new AppError('password.wrong', 'invalid', {
    errors: [{ field: 'currentPassword', code: 'wrong', message: '' }],
  });
}

function sessionRequired(): AppError {
  return new AppError('session.required', 'unauthenticated');
}
