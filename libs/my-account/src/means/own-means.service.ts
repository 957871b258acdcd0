import { Injectable } from '@nestjs/common';
import { SecurityChangeService } from '@portillon/access';
import { AccountService } from '@portillon/account';
import { PasswordCheckService, wrongPassword } from '@portillon/auth';
import { PasswordStrengthService } from '@portillon/credential';
import { Client } from '@portillon/http';
import { AppError, maskNationalId } from '@portillon/kernel';
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

/** Changes the user's own password, and unlinks their card or e-CPS. */
@Injectable()
export class OwnMeansService {
  constructor(
    private readonly own: OwnAccountService,
    private readonly checks: PasswordCheckService,
    private readonly passwords: PasswordStrengthService,
    private readonly accounts: AccountService,
    private readonly changes: SecurityChangeService,
    private readonly sessions: SessionService,
  ) {}

  /**
   * Verifies the current password, and ends everything opened with it. Resolves to the new token of the session at hand: a password change is a step, and each step makes one.
   *
   * @throws AppError `password.wrong`, `password.weak`, `attempts.exceeded`, `service.busy`
   */
  async replacePassword(
    session: Session,
    request: PasswordReplacementRequest,
    client: Client,
  ): Promise<string> {
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

  /**
   * Removes the national id from the account: neither a card nor an e-CPS opens it any longer. Ends the other sessions too: one of them may be that of a lost card. Nothing happens when there is no
   * link.
   */
  async unlinkNationalId(session: Session, client: Client): Promise<void> {
    const { nationalId } = await this.own.get(session);
    if (!nationalId) return;
    const facts = { data: { nationalId: maskNationalId(nationalId) } };
    const change = { event: 'identity_unlinked', notice: 'identity-unlinked', facts } as const;
    await this.changes.run(session, async (tx) => {
      // Another request was first, and has notified the account holder.
      if (!(await this.accounts.unlinkNationalId(session.accountId, nationalId, tx))) return;
      await this.changes.complete(session, change, client, tx);
    });
  }
}
