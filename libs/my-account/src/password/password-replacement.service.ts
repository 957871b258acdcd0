import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { PasswordCheckService, wrongPassword } from '@portillon/auth';
import { SecurityChangeService } from '@portillon/access';
import { PasswordStrengthService } from '@portillon/credential';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Session, SessionService } from '@portillon/session';
import { OwnAccountService } from '../own-account.service';

export interface PasswordReplacementRequest {
  currentPassword: string;
  newPassword: string;
}

const CHANGE = {
  event: 'authn_password_change',
  notice: 'password-changed',
  endReason: 'password_changed',
} as const;

/** Changes the user's own password: verifies the current one, and ends everything opened with it. */
@Injectable()
export class PasswordReplacementService {
  constructor(
    private readonly own: OwnAccountService,
    private readonly checks: PasswordCheckService,
    private readonly passwords: PasswordStrengthService,
    private readonly accounts: AccountService,
    private readonly changes: SecurityChangeService,
    private readonly sessions: SessionService,
  ) {}

  /**
   * Resolves to the new token of the session at hand: a password change is a step, and each step makes one.
   *
   * @throws AppError `password.wrong`, `password.weak`, `attempts.exceeded`, `service.busy`
   */
  async replace(session: Session, request: PasswordReplacementRequest, client: Client): Promise<string> {
    const account = await this.own.get(session);
    await this.checks.confirm(session, account, request.currentPassword, client);
    const digest = await this.passwords.digest(account, request.newPassword);
    return this.changes.run(session, async (tx) => {
      // Of two changes that knew the same old password, one wins.
      if (!(await this.accounts.setPassword(account.id, digest, tx, account.passwordDigest!)))
        throw wrongPassword();
      await this.changes.complete(session, CHANGE, client, tx);
      const rotated = await this.sessions.rotate(session, {}, tx);
      if (!rotated) throw new AppError('session.required');
      return rotated.token;
    });
  }
}
