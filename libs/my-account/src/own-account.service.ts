import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { audited, FactorResetService, personOf, SecurityNoticeService, SignInPolicy } from '@portillon/auth';
import { AuditService } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Notifications } from '@portillon/notification';
import { Transactions } from '@portillon/persistence';
import { Session } from '@portillon/session';

export interface Preferences {
  codeChannel?: 'EMAIL' | 'SMS';
  locale?: 'fr' | 'en';
}

/** The account of the person who is signed in, and its preferences. */
@Injectable()
export class OwnAccountService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly policy: SignInPolicy,
    private readonly notifications: Notifications,
    private readonly factorReset: FactorResetService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {}

  /** @throws AppError `session.required` when the account was deactivated in the meantime */
  async get(session: Session): Promise<Account> {
    const account = await this.accounts.get(session.accountId);
    if (!this.policy.admits(account)) throw new AppError('session.required', 'unauthenticated');
    return account;
  }

  /** @throws AppError `channel.unavailable` for SMS without a verified number, or where no SMS can leave */
  async updatePreferences(session: Session, preferences: Preferences, client: Client): Promise<Account> {
    const current = await this.get(session);
    const { codeChannel, locale } = preferences;
    if (codeChannel && !this.policy.allowsChannel(current, codeChannel))
      throw new AppError('channel.unavailable', 'conflict');
    if (codeChannel && codeChannel !== current.codeChannel)
      await this.#changeChannel(session, codeChannel, client);
    if (locale && locale !== current.locale) await this.accounts.setLocale(session.accountId, locale);
    return this.get(session);
  }

  async #changeChannel(session: Session, channel: 'EMAIL' | 'SMS', client: Client): Promise<void> {
    if (!this.notifications.available(channel)) throw new AppError('channel.unavailable', 'conflict');
    await this.transactions.run(async (tx) => {
      const changed = await this.accounts.setCodeChannel(session.accountId, channel, tx);
      if (!changed) throw new AppError('channel.unavailable', 'conflict');
      await this.factorReset.endOthers(session, 'code_channel_changed', tx);
      await this.notices.notify('channel-changed', { id: session.accountId }, { client, channel }, tx);
      const event = { name: 'code_channel_changed', outcome: 'SUCCESS', channel } as const;
      await this.audit.record(audited(client, personOf(session), event), tx);
    });
  }
}
