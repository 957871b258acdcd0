import { Injectable } from '@nestjs/common';
import { AccountPhoneService, AccountService } from '@portillon/account';
import { EnrolmentProofService } from '@portillon/auth';
import { audited, ChannelPolicy, personOf, SecurityChangeService } from '@portillon/access';
import { AuditService } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError, type Channel } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { Session } from '@portillon/session';

/** A user's preferences: the channel of codes, and the language. */
@Injectable()
export class PreferenceService {
  constructor(
    private readonly proofs: EnrolmentProofService,
    private readonly accounts: AccountService,
    private readonly phones: AccountPhoneService,
    private readonly allowed: ChannelPolicy,
    private readonly notifications: NotificationService,
    private readonly changes: SecurityChangeService,
    private readonly audit: AuditService,
  ) {}

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
      await this.audit.record(audited(client, personOf(session), event), tx);
    });
  }
}

function unavailable(): AppError {
  return new AppError('channel.unavailable');
}
