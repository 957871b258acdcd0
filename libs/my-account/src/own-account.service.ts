import { Injectable } from '@nestjs/common';
import { refusalOfState, audited, ChannelPolicy, holderOf, SecurityChangeService } from '@portillon/access';
import { Account, AccountService, AccountPhoneService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { EnrolmentProofService, PasswordCheckService, wrongPassword } from '@portillon/auth';
import { PasswordStrengthService } from '@portillon/credential';
import { Client } from '@portillon/http';
import { AppError, maskNationalId } from '@portillon/kernel';
import type { Channel } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { Session, SessionService } from '@portillon/session';

export interface PasswordReplacementRequest {
  currentPassword: string;
  newPassword: string;
}

const CHANGE = {
  event: 'authn_password_change',
  notice: 'password-changed',
  endReason: 'password_changed',
} as const;

/** The account of the signed-in user: its language, the channel of its codes, its password and its linked identity. */
@Injectable()
export class OwnAccountService {
  constructor(
    private readonly accounts: AccountService,
    private readonly proofs: EnrolmentProofService,
    private readonly phones: AccountPhoneService,
    private readonly allowed: ChannelPolicy,
    private readonly notifications: NotificationService,
    private readonly changes: SecurityChangeService,
    private readonly audit: AuditService,
    private readonly checks: PasswordCheckService,
    private readonly passwords: PasswordStrengthService,
    private readonly sessions: SessionService,
  ) {}

  /** @throws AppError `session.required` when the account was deactivated in the meantime */
  async get(session: Session): Promise<Account> {
    const account = await this.accounts.get(session.accountId);
    if (!account || refusalOfState(account)) throw new AppError('session.required');
    return account;
  }

  /**
   * @throws AppError `channel.unavailable` for SMS without a verified number, or where no SMS can leave, and as
   *   {@link EnrolmentProofService.require}
   */
  async setCodeChannel(
    session: Session,
    channel: Channel,
    password: string | undefined,
    client: Client,
  ): Promise<void> {
    const account = await this.proofs.require(session, password, client);
    if (!this.allowed.allows(account, channel)) throw unavailable();
    if (channel === account.codeChannel) return;
    if (!this.notifications.available(channel)) throw unavailable();
    const change = { event: 'code_channel_changed', notice: 'channel-changed' } as const;
    await this.changes.run(session, async (tx) => {
      if (!(await this.phones.setCodeChannel(session.accountId, channel, tx))) throw unavailable();
      const record = { facts: { channel }, details: { channel } };
      await this.changes.complete(session, { ...change, ...record }, client, tx);
    });
  }

  async setLocale(session: Session, locale: 'fr' | 'en', client: Client): Promise<void> {
    const event = { name: 'locale_changed', outcome: 'SUCCESS' } as const;
    await this.changes.run(session, async (tx) => {
      if (!(await this.accounts.setLocale(session.accountId, locale, tx))) return;
      await this.audit.record(audited(client, holderOf(session), event), tx);
    });
  }

  /**
   * Verifies the current password, and ends everything opened with it. Resolves to the new token of the session at hand: a
   * password change is a step, and each step makes one.
   *
   * @throws AppError `password.wrong`, `password.weak`, `attempts.exceeded`, `service.busy`
   */
  async replacePassword(
    session: Session,
    request: PasswordReplacementRequest,
    client: Client,
  ): Promise<string> {
    const account = await this.get(session);
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
   * Removes the national id from the account: neither a card nor an e-CPS opens it any longer. Ends the other sessions too:
   * one of them may be that of a lost card. Nothing happens when there is no link.
   */
  async unlinkNationalId(session: Session, client: Client): Promise<void> {
    const { nationalId } = await this.get(session);
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

function unavailable(): AppError {
  return new AppError('channel.unavailable');
}
